/// Inference from repeated random splits, whose training sets overlap: the corrected resampled t test.
///
/// The J values of repeated splits are not independent, so that s²/J understates the variance of their mean. Nadeau and
/// Bengio replace it by
///
///     Var(mean) ≈ (1/J + n_test/n_train) · s²
///
/// with J − 1 degrees of freedom. Give differences of two models on the same splits for a paired comparison, or the
/// scores of one model for an interval of its mean.
///
/// Source: C. Nadeau, Y. Bengio, *Inference for the generalization error*, Machine Learning 52 (2003), 239–281.
public struct CorrectedResampledT: Sendable {
  /// Mean and standard deviation of the values.
  public let moments: Moments
  /// The corrected standard error of the mean, √((1/J + n_test/n_train)·s²).
  public let standardError: Double

  /// Judges one value per split.
  ///
  /// - Parameters:
  ///   - values: One number per split, at least two.
  ///   - trainCount: The number of images that models are fitted to in a split.
  ///   - testCount: The number of images that they are tested on.
  public init(_ values: [Double], trainCount: Int, testCount: Int) {
    precondition(
      trainCount > 0 && testCount > 0, "expected images in both parts, got \(trainCount) and \(testCount)")
    self.init(values, varianceFactor: 1 / Double(values.count) + Double(testCount) / Double(trainCount))
  }

  /// Judges one value per fold of a k-fold cross-validation that was repeated r times: factor 1/(k·r) + 1/(k − 1).
  ///
  /// - Parameters:
  ///   - values: k·r numbers.
  ///   - folds: k ≥ 2.
  public init(_ values: [Double], folds: Int) {
    precondition(
      folds >= 2 && values.count.isMultiple(of: folds),
      "expected values of whole \(folds)-fold runs, got \(values.count)")
    self.init(values, varianceFactor: 1 / Double(values.count) + 1 / Double(folds - 1))
  }

  private init(_ values: [Double], varianceFactor: Double) {
    precondition(values.count >= 2, "expected at least 2 values, got \(values.count)")
    moments = Moments(values)
    standardError = varianceFactor.squareRoot() * moments.standardDeviation
  }

  /// The mean of the values.
  public var mean: Double { moments.mean }

  /// The distribution of (mean − true mean)/standardError: Student's t with J − 1 degrees of freedom.
  public var distribution: StudentDistribution { StudentDistribution(degreesOfFreedom: Double(moments.count - 1)) }

  /// The interval that holds the true mean with the given probability.
  public func interval(confidence: Double = 0.95) -> ConfidenceInterval {
    let half = distribution.quantile(0.5 + confidence / 2) * standardError
    return ConfidenceInterval(lower: mean - half, upper: mean + half, confidence: confidence)
  }

  /// The two-sided p-value of the hypothesis that the true mean is 0; without any spread 1 for a mean of 0, else 0.
  public var pValue: Double {
    guard standardError > 0 else { return mean == 0 ? 1 : 0 }
    return distribution.twoSidedProbability(mean / standardError)
  }

  /// The smallest true difference that such an experiment would call different from 0 with the given power.
  ///
  /// (t₁₋α/₂ + t_power) · standardError with α = 1 − confidence.
  ///
  /// - Parameters:
  ///   - confidence: The confidence of the test.
  ///   - power: The probability of noticing the difference.
  /// - Returns: The difference, in the unit of the values.
  public func smallestDetectableDifference(confidence: Double = 0.95, power: Double = 0.8) -> Double {
    (distribution.quantile(0.5 + confidence / 2) + distribution.quantile(power)) * standardError
  }
}
