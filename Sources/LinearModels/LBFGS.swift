import Tensors

/// A differentiable function that also knows a positive definite matrix near its Hessian.
///
/// The matrix acts on each row of the parameters `[K, P]` alike.
protocol PreconditionedObjective {
  /// The value at a point; writes the gradient, of the point's shape.
  mutating func evaluate(at parameters: Tensor<Double>, gradient: inout Tensor<Double>) -> Double

  /// The matrix for the point that was evaluated last, factorized; `nil` stands for the identity.
  mutating func preconditioner() -> CholeskyFactorization?
}

/// Limited-memory BFGS with an initial Hessian that the objective provides and that is renewed now and then.
///
/// Source: J. Nocedal, S. J. Wright, *Numerical Optimization* (2006), algorithms 7.4 and 7.5, with backtracking to
/// sufficient decrease: the objectives here are convex, so every step has positive curvature.
struct LBFGS {
  /// Where the minimisation ended.
  struct Minimum {
    let point: Tensor<Double>
    let value: Double
    let gradientNorm: Double
    let iterations: Int
  }

  /// How many steps are remembered.
  static let memoryCount = 20

  /// How much the count of iterations grows between two renewals of the initial Hessian.
  private static let renewalGrowth = 3

  private var point: Tensor<Double>
  private var gradient: Tensor<Double>
  private var value: Double
  private var memory: LBFGSMemory
  private var trialPoint: Tensor<Double>
  private var trialGradient: Tensor<Double>

  /// Minimises an objective until its gradient is small, the iterations are used up, or no step makes it smaller.
  static func minimize(
    _ objective: inout some PreconditionedObjective, from start: Tensor<Double>, options: SolverOptions
  ) -> Minimum {
    var state = LBFGS(&objective, start)
    var (iterations, nextRenewal) = (0, 0)
    while state.gradientNorm > options.tolerance && iterations < options.maximumIterations {
      if iterations == nextRenewal {
        state.memory.preconditioner = objective.preconditioner()
        nextRenewal = max(10, nextRenewal * renewalGrowth)
      }
      if !state.step(&objective) {
        guard !state.memory.isEmpty else { break }
        state.memory.removeAll()
        state.memory.preconditioner = objective.preconditioner()
      }
      iterations += 1
    }
    return Minimum(
      point: state.point, value: state.value, gradientNorm: state.gradientNorm, iterations: iterations)
  }

  private init(_ objective: inout some PreconditionedObjective, _ start: Tensor<Double>) {
    point = start
    gradient = .zeros(start.shape)
    trialPoint = .zeros(start.shape)
    trialGradient = .zeros(start.shape)
    value = objective.evaluate(at: start, gradient: &gradient)
    memory = LBFGSMemory(shape: start.shape, capacity: Self.memoryCount)
  }

  private var gradientNorm: Double { gradient.dot(gradient).squareRoot() }

  /// Moves to a lower point; false when none is found along the direction.
  private mutating func step(_ objective: inout some PreconditionedObjective) -> Bool {
    memory.findDirection(gradient)
    let slope = gradient.dot(memory.direction)
    guard slope < 0 else { return false }
    let rounding = 64 * Double.epsilon * max(1, abs(value))
    var length = 1.0
    for _ in 0..<40 {
      trialPoint.copyElements(of: point)
      trialPoint.add(memory.direction, times: length)
      let trialValue = objective.evaluate(at: trialPoint, gradient: &trialGradient)
      if trialValue <= value + 1e-4 * length * slope + rounding {
        memory.remember(from: (point, gradient), to: (trialPoint, trialGradient))
        swap(&point, &trialPoint)
        swap(&gradient, &trialGradient)
        value = trialValue
        return true
      }
      length /= 2
    }
    return false
  }
}
