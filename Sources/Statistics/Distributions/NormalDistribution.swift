import Numerics

/// The standard normal distribution.
public enum NormalDistribution {
  /// The probability of a value of at most z, Φ(z) = ½·erfc(−z/√2); exact to rounding in the lower tail.
  public static func cumulative(_ z: Double) -> Double { Double.erfc(-z / 2.0.squareRoot()) / 2 }

  /// The value that is not exceeded with probability p.
  ///
  /// - Parameter p: A probability, 0 < p < 1.
  /// - Returns: z with Φ(z) = p, to about 14 digits.
  public static func quantile(_ p: Double) -> Double {
    precondition(p > 0 && p < 1, "expected a probability between 0 and 1, got \(p)")
    return symmetricQuantile(p, lowerTail: cumulative)
  }
}

/// Inverts the distribution function of a distribution that is symmetric about 0, by bisection in its lower tail.
///
/// - Parameters:
///   - p: A probability, 0 < p < 1.
///   - lowerTail: The distribution function, accurate for negative arguments.
/// - Returns: The argument at which it has the value p.
func symmetricQuantile(_ p: Double, lowerTail: (Double) -> Double) -> Double {
  if p == 0.5 { return 0 }
  if p > 0.5 { return -symmetricQuantile(1 - p, lowerTail: lowerTail) }
  var (low, high) = (-1.0, 0.0)
  while lowerTail(low) > p && low > -1e300 { (low, high) = (2 * low, low) }
  while true {
    let middle = low + (high - low) / 2
    guard middle > low && middle < high else { return middle }
    if lowerTail(middle) < p { low = middle } else { high = middle }
  }
}
