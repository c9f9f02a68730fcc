/// Whether two classifiers err equally often on the same images: McNemar's exact test.
///
/// Only images on which exactly one of them is right tell anything. Under the hypothesis of equal error rates each of
/// these b + c images favours either side with probability ½, so that
///
///     p = min(1, 2 · P(B ≤ min(b, c))),  B ~ Binomial(b + c, ½)
///
/// The test speaks of these two fitted models, not of the recipes that made them.
///
/// Source: Q. McNemar, *Note on the sampling error of the difference between correlated proportions or percentages*,
/// Psychometrika 12 (1947), 153–157; the exact form as `statsmodels.stats.contingency_tables.mcnemar(exact=True)`.
public struct McNemarTest: Sendable, Equatable {
  /// b, the images on which only the first model is right.
  public let onlyFirst: Int
  /// c, the images on which only the second model is right.
  public let onlySecond: Int

  /// Counts the images on which the models disagree about being right.
  ///
  /// - Parameters:
  ///   - first: Whether the first model is right, per image.
  ///   - second: The same of the second model.
  public init(_ first: [Bool], _ second: [Bool]) {
    precondition(first.count == second.count, "expected as many images, got \(first.count) and \(second.count)")
    let pairs = zip(first, second)
    self.init(onlyFirst: pairs.count { $0 && !$1 }, onlySecond: pairs.count { !$0 && $1 })
  }

  /// Judges given counts.
  ///
  /// - Parameters:
  ///   - onlyFirst: b ≥ 0.
  ///   - onlySecond: c ≥ 0.
  public init(onlyFirst: Int, onlySecond: Int) {
    precondition(onlyFirst >= 0 && onlySecond >= 0, "expected counts, got \(onlyFirst) and \(onlySecond)")
    self.onlyFirst = onlyFirst
    self.onlySecond = onlySecond
  }

  /// The two-sided p-value; 1 when the models are right on the same images.
  public var pValue: Double {
    let law = BinomialDistribution(attempts: onlyFirst + onlySecond, probability: 0.5)
    return min(1, 2 * law.cumulative(min(onlyFirst, onlySecond)))
  }
}
