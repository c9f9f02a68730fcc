/// Whether predictions of numbers that nobody can know agree with them better than chance allows, one-sided.
///
/// Numbers are dealt to n images at random. Over all deals Pearson's correlation r of predictions and numbers has mean 0 and
/// variance 1/(n − 1), exactly. So for J independent deals
///
///     z = Σ rⱼ·√(nⱼ − 1) / √J
///
/// has mean 0 and variance 1, and is nearly normal: p-value = 1 − Φ(z). Predictions without spread have r = 0.
///
/// Source: E. J. G. Pitman, *Significance tests which may be applied to samples from any populations II: the correlation
/// coefficient test*, Supplement to the Journal of the Royal Statistical Society 4 (1937), 225–232.
public struct CorrelationTest: Sendable, Equatable {
  /// The number of images of all deals.
  public let images: Int
  /// The mean of r over deals.
  public let correlation: Double
  /// The probability of a sum of so much or more by chance.
  public let pValue: Double

  /// Judges the predictions of several independent deals together.
  ///
  /// - Parameter deals: For each of at least one deal the predictions and the numbers of its images, at least two.
  public init(_ deals: [(predictions: [Double], numbers: [Double])]) {
    precondition(!deals.isEmpty, "expected at least one deal")
    let correlations = deals.map { Self.correlation($0.predictions, $0.numbers) }
    let sum = zip(correlations, deals).reduce(0) { $0 + $1.0 * Double($1.1.numbers.count - 1).squareRoot() }
    images = deals.reduce(0) { $0 + $1.numbers.count }
    correlation = correlations.reduce(0, +) / Double(deals.count)
    pValue = NormalDistribution.cumulative(-sum / Double(deals.count).squareRoot())
  }

  private static func correlation(_ predictions: [Double], _ numbers: [Double]) -> Double {
    precondition(
      predictions.count == numbers.count && numbers.count > 1,
      "expected a prediction for each of at least 2 numbers, got \(predictions.count) and \(numbers.count)")
    let (x, y) = (Moments(predictions), Moments(numbers))
    guard x.standardDeviation > 0 && y.standardDeviation > 0 else { return 0 }
    let products = zip(predictions, numbers).reduce(0) { $0 + ($1.0 - x.mean) * ($1.1 - y.mean) }
    return products / (Double(numbers.count - 1) * x.standardDeviation * y.standardDeviation)
  }
}
