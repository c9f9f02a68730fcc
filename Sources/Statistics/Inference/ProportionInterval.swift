/// Wilson's score interval for a proportion that was estimated from independent attempts.
///
/// (p̂ + z²/2n ± z·√(p̂(1 − p̂)/n + z²/4n²))/(1 + z²/n) with p̂ = k/n. It stays within 0…1 and does not shrink to a point at
/// k = 0 or n. Source: E. B. Wilson, *Probable inference, the law of succession, and statistical inference*, JASA 22 (1927).
public enum ProportionInterval {
  /// The interval of a number of successes.
  ///
  /// - Parameters:
  ///   - successes: k, from 0 to n.
  ///   - attempts: n ≥ 1.
  ///   - confidence: The probability with which the interval should hold the proportion.
  /// - Returns: The interval.
  public static func wilson(successes: Int, of attempts: Int, confidence: Double = 0.95) -> ConfidenceInterval {
    precondition(
      attempts >= 1 && (0...attempts).contains(successes), "expected 0…\(attempts) successes, got \(successes)")
    let (n, p) = (Double(attempts), Double(successes) / Double(attempts))
    let z = NormalDistribution.quantile(0.5 + confidence / 2)
    let center = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot() / (1 + z * z / n)
    return ConfidenceInterval(
      lower: successes == 0 ? 0 : center - half, upper: successes == attempts ? 1 : center + half,
      confidence: confidence)
  }
}
