/// A fitted multinomial logistic model with the report of its solver.
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
