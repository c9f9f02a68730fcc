import Foundation
import Statistics
import Tensors

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

  /// Scores every candidate and chooses the best; ties go to the smaller log loss, then to the earlier one, which is the more
  /// strongly regularised.
  init(_ candidates: [Candidate], validation: LabeledImages, family: ModelFamily) throws {
    trials = try candidates.map { candidate in
      Trial(
        setting: candidate.setting,
        validation: family.score(try candidate.predictions(validation.images), validation.response))
    }
    var best = 0
    for index in trials.indices.dropFirst()
    where family.isBetter(trials[index].validation, than: trials[best].validation) {
      best = index
    }
    chosen = best
  }
}
