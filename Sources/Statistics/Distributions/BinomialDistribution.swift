/// The number of successes in n independent attempts.
public struct BinomialDistribution: Sendable, Equatable {
  /// The number of attempts n.
  public let attempts: Int
  /// The probability of success p.
  public let probability: Double

  /// Creates the distribution.
  ///
  /// - Parameters:
  ///   - attempts: n ≥ 0.
  ///   - probability: p, 0 ≤ p ≤ 1.
  public init(attempts: Int, probability: Double) {
    precondition(attempts >= 0, "expected at least 0 attempts, got \(attempts)")
    precondition(probability >= 0 && probability <= 1, "expected a probability, got \(probability)")
    self.attempts = attempts
    self.probability = probability
  }

  /// The probability of at most k successes: I₁₋ₚ(n − k, k + 1) for 0 ≤ k < n.
  public func cumulative(_ k: Int) -> Double {
    if k < 0 { return 0 }
    if k >= attempts { return 1 }
    return IncompleteBeta.regularized(
      1 - probability, complement: probability, a: Double(attempts - k), b: Double(k) + 1)
  }
}
