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
enum LBFGS {
  /// How many steps are remembered.
  static let memoryCount = 20

  /// How much the count of iterations grows between two renewals of the initial Hessian.
  private static let renewalGrowth = 3

  /// Minimises an objective until its gradient is small, the iterations are used up, or no step makes it smaller.
  static func minimize(
    _ objective: inout some PreconditionedObjective, from start: Tensor<Double>, options: SolverOptions
  ) -> Minimum {
    var state = Descent(&objective, start)
    var memory = LBFGSMemory(shape: start.shape, capacity: memoryCount)
    var (iterations, nextRenewal) = (0, 0)
    while state.gradientNorm > options.tolerance && iterations < options.maximumIterations
      && objective.isSmooth(upTo: state.point)
    {
      if iterations == nextRenewal {
        memory.preconditioner = objective.preconditioner()
        nextRenewal = max(10, nextRenewal * renewalGrowth)
      }
      memory.findDirection(state.gradient)
      if state.move(along: memory.direction, &objective) {
        memory.remember(
          from: (state.previousPoint, state.previousGradient), to: (state.point, state.gradient))
      } else {
        guard !memory.isEmpty else { break }
        memory.removeAll()
        memory.preconditioner = objective.preconditioner()
      }
      iterations += 1
    }
    return Minimum(
      point: state.point, value: state.value, gradientNorm: state.gradientNorm, iterations: iterations)
  }
}
