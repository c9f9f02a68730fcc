/// A range that holds the true value with a stated probability.
public struct ConfidenceInterval: Sendable, Equatable {
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double
  /// The probability, such as 0.95.
  public let confidence: Double

  /// Creates an interval.
  ///
  /// - Parameters:
  ///   - lower: The lower end.
  ///   - upper: The upper end.
  ///   - confidence: The probability.
  public init(lower: Double, upper: Double, confidence: Double) {
    self.lower = lower
    self.upper = upper
    self.confidence = confidence
  }

  /// Half the distance between the ends: the number after ±.
  public var halfWidth: Double { (upper - lower) / 2 }
}
