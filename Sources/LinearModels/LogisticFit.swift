/// When an iterative solver stops.
public struct SolverOptions: Sendable, Equatable {
  /// The Euclidean norm of the gradient at which the solver is done.
  public var tolerance: Double
  /// The number of iterations after which the solver gives up.
  public var maximumIterations: Int

  /// Creates the options.
  ///
  /// - Parameters:
  ///   - tolerance: The norm of the gradient, positive.
  ///   - maximumIterations: At least 1.
  public init(tolerance: Double = 1e-6, maximumIterations: Int = 2000) {
    precondition(tolerance > 0, "expected a positive tolerance, got \(tolerance)")
    precondition(maximumIterations >= 1, "expected at least 1 iteration, got \(maximumIterations)")
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
  }
}

/// A fitted model with the report of its solver.
public struct LogisticFit: Sendable, Equatable {
  /// The model.
  public let model: LogisticRegression
  /// λ of the penalty (λ/2)‖W‖².
  public let ridge: Double
  /// J at the model, penalty included.
  public let objective: Double
  /// ‖∇J‖₂ at the model, over all weights and intercepts.
  public let gradientNorm: Double
  /// The number of iterations taken.
  public let iterations: Int
  /// Whether the gradient norm reached the tolerance; when not, the model is the best point found and not the optimum.
  public let converged: Bool
}
