/// Quantiles of a sample.
public enum Quantile {
  /// The quantile of sorted numbers, interpolated linearly as `numpy.quantile` does.
  ///
  /// - Parameters:
  ///   - p: 0…1.
  ///   - sorted: At least one number, in ascending order.
  /// - Returns: The number at place p·(n − 1), counted from 0.
  public static func value(_ p: Double, ofSorted sorted: [Double]) -> Double {
    precondition(!sorted.isEmpty && (0...1).contains(p), "expected numbers and p in 0…1, got \(sorted.count) and \(p)")
    let place = p * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }
}
