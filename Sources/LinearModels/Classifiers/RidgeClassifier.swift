public import Tensors

/// A linear classifier fitted by least squares to +1 for the own class and −1 for the others.
public struct RidgeClassifier: Sendable, Equatable {
  /// The weights, `[K, D]`.
  public let weights: Tensor<Double>
  /// The intercepts, `[K]`.
  public let intercepts: Tensor<Double>

  /// Creates a classifier from its parameters.
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

  /// The number of trainable parameters, K·(D + 1).
  public var parameterCount: Int { weights.count + intercepts.count }

  /// The scores W·x + b.
  ///
  /// - Parameter features: `[N, D]`.
  /// - Returns: `[N, K]`.
  public func scores(_ features: Tensor<Double>) -> Tensor<Double> {
    GeneralizedLinearModel(family: .multinomial, link: .logit, weights: weights, intercepts: intercepts)
      .scores(features)
  }

  /// The class with the largest score for each row, the lowest of equals.
  ///
  /// - Parameter features: `[N, D]`.
  /// - Returns: N classes.
  public func classes(_ features: Tensor<Double>) -> [Int] { scores(features).largestOfRows }
}
