import LinearModels
import Numerics
import Statistics
import Tensors

/// What models explain of an image, which decides how they are fitted, scored and ranked.
///
/// | family | predictions | fixed side | networks minimise | ranked by |
/// |---|---|---|---|---|
/// | multinomial | probabilities `[N, K]` of classes | multinomial GLM | their own loss | accuracy |
/// | gaussian | numbers `[N, 1]` | Gaussian GLM | squared error | root mean squared error |
/// | poisson | rates `[N, 1]` | Poisson GLM with logarithmic link | Poisson likelihood | mean deviance |
public enum ModelFamily: String, Codable, Sendable, CaseIterable {
  /// Classes.
  case multinomial
  /// Numbers.
  case gaussian
  /// Counts.
  case poisson

  /// The smallest rate that a count is compared with.
  private static let leastRate = Double.ulpOfOne

  /// The family of the generalized linear models.
  var linear: Family {
    switch self {
    case .multinomial: .multinomial
    case .gaussian: .gaussian
    case .poisson: .poisson
    }
  }

  /// Whether images have numbers instead of classes.
  public var explainsNumbers: Bool { self != .multinomial }

  /// What models are ranked by, as documents call it.
  public var measure: String {
    switch self {
    case .multinomial: "accuracy"
    case .gaussian: "rootMeanSquaredError"
    case .poisson: "deviance"
    }
  }

  /// A number for each image whose mean decides the rank: 1 where the class is right and else 0, the squared error, or the
  /// deviance.
  func imageScores(_ predictions: Tensor<Double>, _ response: Response) -> [Double] {
    switch (self, response) {
    case (.multinomial, .classes(let labels, _)):
      zip(Scores.predictions(predictions), labels).map { $0 == $1 ? 1 : 0 }
    case (.gaussian, .numbers(let numbers)):
      zip(predictions.elements, numbers).map { ($0 - $1) * ($0 - $1) }
    case (.poisson, .numbers(let counts)):
      zip(predictions.elements, counts).map { Scores.poissonDeviance([max($0, Self.leastRate)], [$1]) }
    default: preconditionFailure("expected what \(rawValue) models explain, got \(response)")
    }
  }

  /// The measure for the mean of ``imageScores(_:_:)``.
  func value(ofMean mean: Double) -> Double { self == .gaussian ? max(0, mean).squareRoot() : mean }

  /// By how much a value is better than another one.
  ///
  /// - Parameters:
  ///   - value: A measure.
  ///   - other: The one that it is compared with.
  /// - Returns: A difference, positive where `value` is better.
  public func lead(_ value: Double, over other: Double) -> Double { explainsNumbers ? other - value : value - other }

  /// All scores of predictions.
  func score(_ predictions: Tensor<Double>, _ response: Response) -> Score {
    switch (self, response) {
    case (.multinomial, .classes(let labels, _)): return Score(probabilities: predictions, labels: labels)
    case (.gaussian, .numbers(let numbers)):
      var score = Score()
      score.rootMeanSquaredError = Scores.rootMeanSquaredError(predictions.elements, numbers)
      score.determination = Scores.determination(predictions.elements, numbers)
      return score
    case (.poisson, .numbers(let counts)):
      var score = Score()
      score.deviance = Scores.poissonDeviance(predictions.elements.map { max($0, Self.leastRate) }, counts)
      return score
    default: preconditionFailure("expected what \(rawValue) models explain, got \(response)")
    }
  }

  /// Whether a score is better than another one; of equal accuracies the one with the smaller log loss.
  func isBetter(_ score: Score, than other: Score) -> Bool {
    let lead = lead(score[self], over: other[self])
    if lead == 0, let loss = score.logLoss, let otherLoss = other.logLoss { return loss < otherLoss }
    return lead > 0
  }
}
