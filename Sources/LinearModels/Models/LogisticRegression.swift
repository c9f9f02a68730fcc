public import Tensors

/// A multinomial logistic model: p(k | x) = exp(wₖ·x + bₖ) / Σⱼ exp(wⱼ·x + bⱼ).
///
/// One vector per class, so the model is over-parameterised: adding one vector to all wₖ changes nothing. Fitted models
/// are in the gauge Σₖ wₖ = 0, Σₖ bₖ = 0.
public struct LogisticRegression: Sendable, Equatable {
  /// The weights wₖ, `[K, D]`.
  public let weights: Tensor<Double>
  /// The intercepts bₖ, `[K]`.
  public let intercepts: Tensor<Double>

  /// Creates a model from its parameters.
  ///
  /// - Parameters:
  ///   - weights: `[K, D]`, K ≥ 2.
  ///   - intercepts: `[K]`.
  public init(weights: Tensor<Double>, intercepts: Tensor<Double>) {
    precondition(
      weights.rank == 2 && weights.shape[0] >= 2 && intercepts.shape == [weights.shape[0]],
      "expected weights [K, D] and intercepts [K], got \(weights.shape) and \(intercepts.shape)")
    self.weights = weights
    self.intercepts = intercepts
  }

  /// K, the number of classes.
  public var classCount: Int { weights.shape[0] }

  /// D, the number of features.
  public var featureCount: Int { weights.shape[1] }

  /// The number of trainable parameters, K·(D + 1).
  public var parameterCount: Int { classCount * (featureCount + 1) }

  /// Fits one model; for several ridges on the same data make a ``LogisticProblem`` and fit a path.
  ///
  /// - Parameters:
  ///   - features: The design matrix X, `[N, D]`.
  ///   - labels: The class of each row, in `0..<classCount`.
  ///   - classCount: K ≥ 2; a class may be absent from the labels.
  ///   - ridge: λ ≥ 0 of the penalty (λ/2)‖W‖², which leaves the intercepts alone.
  ///   - options: When the solver stops.
  /// - Returns: The model and how well it was found.
  /// - Throws: `InputError` for the reasons that ``LogisticProblem/init(features:labels:classCount:)`` gives.
  public static func fit(
    features: Tensor<Double>, labels: [Int], classCount: Int, ridge: Double, options: SolverOptions = SolverOptions()
  ) throws -> LogisticFit {
    try LogisticProblem(features: features, labels: labels, classCount: classCount).fit(ridge: ridge, options: options)
  }
}
