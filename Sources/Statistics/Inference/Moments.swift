/// Mean, spread and standard error of a sample.
public struct Moments: Sendable, Equatable {
  /// The number of values.
  public let count: Int
  /// The arithmetic mean.
  public let mean: Double
  /// The standard deviation with divisor n − 1; 0 for a single value.
  public let standardDeviation: Double

  /// Summarises a sample, in two passes.
  ///
  /// - Parameter values: At least one value.
  public init(_ values: [Double]) {
    precondition(!values.isEmpty, "expected at least one value, got none")
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    count = values.count
    self.mean = mean
    standardDeviation = values.count > 1 ? (squares / (n - 1)).squareRoot() : 0
  }
}
