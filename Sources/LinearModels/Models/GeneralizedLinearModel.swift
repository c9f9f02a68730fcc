public import Tensors

/// A generalized linear model: E[y | x] = g⁻¹(W·x + b), for the multinomial family softmax(W·x + b).
///
/// The multinomial family has one vector per class and so is over-parameterised: adding one vector to all wₖ changes
/// nothing. Fits that are smooth in W are in the gauge Σₖ wₖ = 0, all fits in the gauge Σₖ bₖ = 0.
public struct GeneralizedLinearModel: Sendable, Equatable {
  /// The distribution of the response.
  public let family: Family
  /// The link g.
  public let link: Link
  /// The weights, `[K, D]` for the multinomial family of K classes, else `[1, D]`.
  public let weights: Tensor<Double>
  /// The intercepts, `[K]` or `[1]`.
  public let intercepts: Tensor<Double>

  /// Creates a model from its parameters.
  ///
  /// - Parameters:
  ///   - family: The distribution of the response.
  ///   - link: A link that the family can have.
  ///   - weights: `[K, D]`; K is 1 but for the multinomial family, where it is at least 2.
  ///   - intercepts: `[K]`.
  public init(family: Family, link: Link, weights: Tensor<Double>, intercepts: Tensor<Double>) {
    precondition(
      weights.rank == 2 && intercepts.shape == [weights.shape[0]]
        && (family == .multinomial ? weights.shape[0] >= 2 : weights.shape[0] == 1),
      "expected weights [K, D] and intercepts [K], got \(weights.shape) and \(intercepts.shape)")
    precondition(family.links.contains(link), "expected a link of the \(family) family, got \(link)")
    self.family = family
    self.link = link
    self.weights = weights
    self.intercepts = intercepts
  }

  /// D, the number of columns of the design matrix.
  public var featureCount: Int { weights.shape[1] }

  /// The number of parameters, K·(D + 1).
  public var parameterCount: Int { weights.count + intercepts.count }

  /// The scores η = W·x + b + offset.
  ///
  /// - Parameters:
  ///   - features: `[N, D]`.
  ///   - offset: `[N]`, or `[N, K]` for the multinomial family.
  /// - Returns: `[N, K]`, or `[N, 1]`.
  public func scores(_ features: Tensor<Double>, offset: Tensor<Double>? = nil) -> Tensor<Double> {
    precondition(
      features.rank == 2 && features.shape[1] == featureCount,
      "expected \(featureCount) features, got shape \(features.shape)")
    var scores = features.matrixProduct(weights, transposingOther: true)
    let count = intercepts.count
    if let offset { scores.add(offset.reshaped(scores.shape), times: 1) }
    scores.withUnsafeMutableBufferPointer { scores in
      intercepts.withUnsafeBufferPointer { intercepts in
        for place in scores.indices { scores[place] += intercepts[place % count] }
      }
    }
    return scores
  }

  /// The expected responses: class probabilities `[N, K]` of the multinomial family, else means `[N, 1]`.
  ///
  /// - Parameters:
  ///   - features: `[N, D]`.
  ///   - offset: `[N]`, or `[N, K]` for the multinomial family.
  /// - Returns: The means; those of the binomial family are probabilities of class 1.
  public func means(_ features: Tensor<Double>, offset: Tensor<Double>? = nil) -> Tensor<Double> {
    let scores = scores(features, offset: offset)
    return family == .multinomial ? Softmax.probabilities(scores) : scores.map { link.mean($0) }
  }

  /// The probabilities of the classes, for the binomial family of 0 and 1.
  ///
  /// - Parameters:
  ///   - features: `[N, D]`.
  ///   - offset: `[N]`, or `[N, K]` for the multinomial family.
  /// - Returns: `[N, K]`, K = 2 for the binomial family; each row sums to 1.
  public func probabilities(_ features: Tensor<Double>, offset: Tensor<Double>? = nil) -> Tensor<Double> {
    precondition(family == .multinomial || family == .binomial, "expected a family of classes, got \(family)")
    let means = means(features, offset: offset)
    guard family == .binomial else { return means }
    return Tensor(shape: [means.count, 2]) { target in
      for row in 0..<means.count { (target[2 * row], target[2 * row + 1]) = (1 - means[row, 0], means[row, 0]) }
    }
  }
}
