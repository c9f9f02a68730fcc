/// Whether predictions of labels that nobody can know are right more often than chance allows: the exact binomial test,
/// one-sided.
///
/// Labels are dealt to n images at random. A prediction of class k is right with probability πₖ, the share of that label, and
/// the number X of right predictions has the mean n·p, p = Σₖ qₖ·πₖ, with qₖ the share of class k among the predictions. Then
///
///     p-value = P(B ≥ x),  B ~ Binomial(n, p)
///
/// which for x ≥ n·p + 1 is never less than the probability of x or more with the πₖ of the single images.
///
/// Source: W. Hoeffding, *On the distribution of the number of successes in independent trials*, Annals of Mathematical
/// Statistics 27 (1956), 713–721; the test as `scipy.stats.binomtest(alternative="greater")`.
public struct ChanceTest: Sendable, Equatable {
  /// n, the number of images.
  public let images: Int
  /// x, those of them that were predicted right.
  public let right: Int
  /// p, the probability of a right prediction by chance.
  public let chance: Double

  /// Judges given counts.
  ///
  /// - Parameters:
  ///   - right: 0 ≤ x ≤ n.
  ///   - images: n ≥ 1.
  ///   - chance: 0 ≤ p ≤ 1.
  public init(right: Int, of images: Int, chance: Double) {
    precondition(images >= 1 && (0...images).contains(right), "expected 0…\(images) right predictions, got \(right)")
    (self.images, self.right, self.chance) = (images, right, chance)
  }

  /// Judges the predictions of several independent deals together.
  ///
  /// - Parameters:
  ///   - deals: For each deal the predicted classes and the labels of its images, at least one image in all.
  ///   - classCount: K.
  public init(_ deals: [(predictions: [Int], labels: [Int])], classCount: Int) {
    var (images, right, mean) = (0, 0, 0.0)
    for (predictions, labels) in deals {
      precondition(predictions.count == labels.count, "expected \(labels.count) predictions, got \(predictions.count)")
      var (predicted, dealt) = ([Double](repeating: 0, count: classCount), [Double](repeating: 0, count: classCount))
      for (prediction, label) in zip(predictions, labels) {
        predicted[prediction] += 1
        dealt[label] += 1
        right += prediction == label ? 1 : 0
      }
      images += labels.count
      if !labels.isEmpty { mean += zip(predicted, dealt).reduce(0) { $0 + $1.0 * $1.1 } / Double(labels.count) }
    }
    self.init(right: right, of: images, chance: min(1, mean / Double(images)))
  }

  /// The probability of x or more right predictions by chance.
  public var pValue: Double {
    BinomialDistribution(attempts: images, probability: 1 - chance).cumulative(images - right)
  }
}
