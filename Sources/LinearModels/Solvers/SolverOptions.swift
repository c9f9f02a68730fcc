/// When an iterative solver stops.
public struct SolverOptions: Sendable, Equatable {
  /// The Euclidean norm of the gradient, with L1 terms of the smallest subgradient, at which the solver is done.
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
