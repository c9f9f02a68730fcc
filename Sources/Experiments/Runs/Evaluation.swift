/// One look at images that a model was not fitted to, and why it was taken.
public struct Evaluation: Codable, Sendable, Equatable {
  /// Which images were looked at.
  public enum Part: String, Codable, Sendable {
    /// Those that choices are made by.
    case validation
    /// Those that decide nothing.
    case test
  }

  /// Why models are evaluated.
  enum Purpose {
    static let choice = "choice among the settings"
    static let score = "score of the chosen setting"
    /// Followed by the perturbation.
    static let perturbed = "score of the chosen setting under "
    static let refit = "McNemar's test of the chosen setting, fitted to the whole official training part"
  }

  /// Which images were looked at.
  public let part: Part
  /// Why.
  public let purpose: String
  /// The setting of the model.
  public let setting: String
  /// The number of images.
  public let images: Int
  /// What came out.
  public let score: Score

  /// The evaluations of a unit, in the order in which they were made.
  static func all(of record: UnitRecord, validationCount: Int) -> [Evaluation] {
    let (result, testCount) = (record.result, record.testIndices.count)
    let setting = result.trials[result.chosen].setting
    let choices = result.trials.map {
      Evaluation(
        part: .validation, purpose: Purpose.choice, setting: $0.setting, images: validationCount, score: $0.validation)
    }
    let tests =
      [(Purpose.score, result.test)] + result.perturbed.map { (Purpose.perturbed + $0.perturbation, $0.score) }
      + (result.refit.map { [(Purpose.refit, $0)] } ?? [])
    return choices
      + tests.map { Evaluation(part: .test, purpose: $0, setting: setting, images: testCount, score: $1) }
  }
}
