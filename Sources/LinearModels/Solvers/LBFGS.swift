import Parallel
import Tensors

/// A positive definite matrix near a Hessian, ready to be solved with.
protocol Preconditioner {
  /// Replaces each row of a matrix `[K, P]` by the solution of which it is the right-hand side.
  func solve(_ rightHandSides: inout Tensor<Double>)
}

extension CholeskyFactorization: Preconditioner {}

/// A differentiable function that also knows a positive definite matrix near its Hessian.
protocol PreconditionedObjective: DifferentiableObjective {
  /// The matrix for the point that was evaluated last, factorized; `nil` stands for the identity.
  mutating func preconditioner() -> (any Preconditioner)?

  /// Whether the gradient is that of the function everywhere between the start and a point; the minimisation ends there
  /// when not.
  func isSmooth(upTo point: Tensor<Double>) -> Bool
}

/// Limited-memory BFGS with an initial Hessian that the objective provides and that is renewed now and then.
///
/// Source: J. Nocedal, S. J. Wright, *Numerical Optimization* (2006), algorithms 7.4 and 7.5, with backtracking to
/// sufficient decrease: the objectives here are convex, so every step has positive curvature.
struct LBFGS {
  /// How many steps are remembered.
  private static let memoryCount = 20

  /// How much the count of iterations grows between two renewals of the initial Hessian.
  private static let renewalGrowth = 3

  private var memory: LBFGSMemory
  private var (iterations, nextRenewal) = (0, 0)

  /// Begins without any memory.
  ///
  /// - Parameter shape: The shape of a point.
  init(shape: [Int]) { memory = LBFGSMemory(shape: shape, capacity: Self.memoryCount) }

  /// Minimises an objective until its gradient is small, the iterations are used up, or no step makes it smaller.
  static func minimize(
    _ objective: inout some PreconditionedObjective, from start: Tensor<Double>, options: SolverOptions
  ) -> Minimum {
    var solver = LBFGS(shape: start.shape)
    return solver.minimize(&objective, from: start, options: options)
  }

  /// Goes on with what is remembered, which may come from another rounding of the same objective.
  ///
  /// - Parameters:
  ///   - objective: What is minimised.
  ///   - start: Where to begin.
  ///   - options: When to stop; iterations count from the first objective on.
  ///   - endsInRounding: Whether to stop as well after a step that lowers the value by no more than rounding may.
  /// - Returns: Where it ended.
  mutating func minimize(
    _ objective: inout some PreconditionedObjective, from start: Tensor<Double>, options: SolverOptions,
    endsInRounding: Bool = false
  ) -> Minimum {
    var state = Descent(&objective, start)
    while state.gradientNorm > options.tolerance && iterations < options.maximumIterations
      && objective.isSmooth(upTo: state.point)
    {
      let before = state.value
      guard step(&state, &objective) else { break }
      iterations += 1
      if endsInRounding && before - state.value <= objective.rounding * max(1, abs(before)) { break }
    }
    return Minimum(
      point: state.point, value: state.value, gradientNorm: state.gradientNorm, iterations: iterations)
  }

  /// Takes a step, or forgets the steps that led nowhere; false where there are none to forget.
  private mutating func step(_ state: inout Descent, _ objective: inout some PreconditionedObjective) -> Bool {
    if iterations == nextRenewal {
      memory.preconditioner = objective.preconditioner()
      nextRenewal = max(10, nextRenewal * Self.renewalGrowth)
    }
    memory.findDirection(state.gradient)
    if state.move(along: memory.direction, &objective) {
      memory.remember(
        from: (state.previousPoint, state.previousGradient), to: (state.point, state.gradient))
      return true
    }
    guard !memory.isEmpty else { return false }
    memory.removeAll()
    memory.preconditioner = objective.preconditioner()
    return true
  }
}

extension LBFGS {
  /// Minimises half the mean deviance with a ridge: first with products in `Float`, as long as that lowers the value,
  /// then in `Double`.
  ///
  /// The point, its value and its gradient are those of `Double`.
  static func minimize(
    _ problem: GLMProblem, ridge: Double, from start: Tensor<Double>, options: SolverOptions
  ) -> Minimum {
    var solver = LBFGS(shape: start.shape)
    var rough = GLMObjective(problem: problem, features: problem.features.rounded(), ridge: ridge)
    let first = solver.minimize(&rough, from: start, options: options, endsInRounding: true)
    var objective = GLMObjective(problem: problem, ridge: ridge)
    return solver.minimize(&objective, from: first.value.isFinite ? first.point : start, options: options)
  }
}

extension Tensor where Element == Double {
  /// The elements in `Float`.
  fileprivate func rounded() -> Tensor<Float> {
    let chunk = 1 << 16
    var result = Tensor<Float>.zeros(shape)
    result.withDisjointSlices { target in
      parallelFor((count + chunk - 1) / chunk) { index in
        let range = index * chunk..<Swift.min(count, (index + 1) * chunk)
        let target = target[range]
        withUnsafeBufferPointer { source in
          for place in target.indices { target[place] = Float(source[range.lowerBound + place]) }
        }
      }
    }
    return result
  }
}
