import Statistics
import Tensors

/// How well a network does on the images that re-tying is judged by, image by image.
struct RetyingJudgement: Sendable {
  private let part: TrainingParts.Part
  private let family: ModelFamily
  private let predictions: Tensor<Double>

  init(_ trained: TrainedNetwork, _ part: TrainingParts.Part, _ family: ModelFamily) throws {
    (self.part, self.family) = (part, family)
    predictions = try trained.predictions(ofPrepared: part.images)
  }

  /// The score, and what it lost against that of another network.
  func score(against other: RetyingJudgement) -> FilterRetyingReport.Score {
    family.explainsNumbers ? error(against: other) : recognition(against: other)
  }

  private func recognition(against other: RetyingJudgement) -> FilterRetyingReport.Score {
    let score = FitScore(
      classes: Scores.predictions(predictions), probabilities: nil, labels: part.labels, groups: part.groups,
      random: RandomStream(seed: 0))
    let test = McNemarTest(imageScores.map { $0 == 1 }, other.imageScores.map { $0 == 1 })
    return FilterRetyingReport.Score(
      accuracy: score.accuracy ?? Estimate(mean: 0, lower: 0, upper: 0), gained: test.onlyFirst, lost: test.onlySecond,
      pValue: test.pValue)
  }

  /// Intervals from a bootstrap over images, or their groups, the same for both networks.
  private func error(against other: RetyingJudgement) -> FilterRetyingReport.Score {
    let both = [self, other].map { judgement in
      TwoWayBootstrap(
        Tensor(judgement.imageScores, shape: [1, part.count]), groups: part.groups, from: RandomStream(seed: 0))
    }
    func estimate(_ statistic: ([Double]) -> Double) -> Estimate {
      let bootstrap = TwoWayBootstrap(combining: both, statistic)
      return Estimate(mean: bootstrap.mean, bootstrap.interval())
    }
    return FilterRetyingReport.Score(
      error: estimate { family.value(ofMean: $0[0]) },
      rise: estimate { family.value(ofMean: $0[0]) - family.value(ofMean: $0[1]) }, of: family)
  }

  private var imageScores: [Double] { family.imageScores(predictions, part.response) }
}
