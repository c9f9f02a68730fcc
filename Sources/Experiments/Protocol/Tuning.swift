import Foundation
import Statistics
import Tensors

/// How well a candidate does on images that it was not fitted to.
public struct Score: Codable, Sendable, Equatable {
  /// The fraction of images whose most probable class is the right one.
  public let accuracy: Double
  /// The mean over classes of the fraction of their images that is recognised.
  public let balancedAccuracy: Double
  /// The mean of −log p(right class), with p at least 2⁻⁵².
  public let logLoss: Double
  /// The Brier score, 0…2.
  public let brier: Double
  /// The expected calibration error, 0…1.
  public let calibrationError: Double

  /// States scores.
  init(accuracy: Double, balancedAccuracy: Double, logLoss: Double, brier: Double, calibrationError: Double) {
    self.accuracy = accuracy
    self.balancedAccuracy = balancedAccuracy
    self.logLoss = logLoss
    self.brier = brier
    self.calibrationError = calibrationError
  }

  /// Scores class probabilities `[N, K]` against labels.
  public init(probabilities: Tensor<Double>, labels: [Int]) {
    let predictions = Scores.predictions(probabilities)
    self.init(
      accuracy: Scores.accuracy(predictions, labels), balancedAccuracy: Scores.balancedAccuracy(predictions, labels),
      logLoss: Scores.logLoss(probabilities, labels), brier: Scores.brier(probabilities, labels),
      calibrationError: Scores.calibrationError(probabilities, labels))
  }
}

/// One setting that was tried, with its score on the validation images.
public struct Trial: Codable, Sendable, Equatable {
  /// What was set.
  public let setting: String
  /// The score on the validation images.
  public let validation: Score
}

/// The choice among the candidates of one model, made on validation images alone.
struct Tuning {
  let trials: [Trial]
  let chosen: Int

  /// Scores every candidate and chooses the most accurate; ties go to the smaller log loss, then to the earlier one,
  /// which is the more strongly regularised.
  init(_ candidates: [Candidate], validation: LabeledImages) throws {
    trials = try candidates.map { candidate in
      Trial(
        setting: candidate.setting,
        validation: Score(probabilities: try candidate.probabilities(validation.images), labels: validation.labels))
    }
    var best = 0
    for index in trials.indices.dropFirst() where Self.isBetter(trials[index].validation, trials[best].validation) {
      best = index
    }
    chosen = best
  }

  private static func isBetter(_ left: Score, _ right: Score) -> Bool {
    (left.accuracy, -left.logLoss) > (right.accuracy, -right.logLoss)
  }
}
