import Datasets
import Statistics
import Tensors

extension Arena {
  /// The table of an arena.
  ///
  /// - Parameters:
  ///   - records: All units, ordered by repeat and then by model.
  ///   - seed: The seed of the bootstrap.
  /// - Returns: The table.
  func summarize(_ records: [UnitRecord], seed: UInt64) -> TableResult {
    let byContender = contenders.indices.map { index in records.filter { $0.contender == index } }
    let inference = Inference(
      design: design, splits: splits, dataset: dataset,
      stream: RandomStream(seed: seed).split("bootstrap")
    )
    let models = zip(contenders, byContender).map { contender, units in
      ModelSummary(contender, units, accuracy: inference.judge { inference.correct(units[$0]) }.estimate.clipped)
    }
    let bestFixed = Self.best(of: models) { $0.side == .fixed }
    let bestLearned = Self.best(of: models) { $0.side == .learned }
    func difference(_ model: Int, _ against: Int) -> PairedDifference {
      let (estimate, smallest) = inference.judge { split in
        zip(inference.correct(byContender[model][split]), inference.correct(byContender[against][split])).map {
          $0 - $1
        }
      }
      return PairedDifference(
        model: models[model].model, against: models[against].model, difference: estimate, smallestDetectable: smallest)
    }
    return TableResult(
      dataset: dataset.name, checksum: dataset.checksum, design: design.description(of: dataset),
      counts: partCounts.map { Int(Moments($0.map(Double.init)).mean.rounded()) },
      hasEqualCounts: partCounts.allSatisfy { Set($0).count == 1 }, splits: splits.count,
      models: models, bestFixed: bestFixed.map { models[$0].model }, bestLearned: bestLearned.map { models[$0].model },
      difference: bestFixed.flatMap { fixed in bestLearned.map { difference($0, fixed) } },
      hypothesis: verdict(models, difference), remarks: leftOut)
  }

  /// The numbers of training, validation and test images in each repeat.
  private var partCounts: [[Int]] {
    [splits.map(\.train.count), splits.map(\.validation.count), splits.map(\.test.count)]
  }

  /// The index of the model with the highest validation accuracy, the first of equals.
  private static func best(of models: [ModelSummary], among isIncluded: (ModelSummary) -> Bool) -> Int? {
    models.indices.filter { isIncluded(models[$0]) }.reduce(nil) { best, index in
      guard let best else { return index }
      return models[index].validationAccuracy > models[best].validationAccuracy ? index : best
    }
  }

  private func verdict(
    _ models: [ModelSummary], _ difference: (Int, Int) -> PairedDifference
  ) -> HypothesisVerdict? {
    guard let expectation = Expectation.of(dataset),
      let expected = Self.best(of: models, among: { expectation.isExpectedWinner($0.model) })
    else { return nil }
    let rivals = [Side.fixed, .learned].map { side in
      Self.best(of: models) { $0.side == side && !expectation.isExpectedWinner($0.model) }
    }
    guard let fixed = rivals[0], let learned = rivals[1] else { return nil }
    let clauses = [fixed, learned].map { rival in
      let comparison = difference(expected, rival)
      return HypothesisVerdict.Clause(comparison: comparison, answer: .init(comparison.difference))
    }
    return HypothesisVerdict(
      statement: expectation.statement, clauses: clauses, answer: .init(clauses.map(\.answer)))
  }
}

extension ModelSummary {
  fileprivate init(_ contender: any Contender, _ units: [UnitRecord], accuracy: Estimate) {
    let results = units.map(\.result)
    let chosen = results.map { $0.trials[$0.chosen] }
    self.init(
      model: contender.name, side: contender.side,
      validationAccuracy: Moments(chosen.map(\.validation.accuracy)).mean, accuracy: accuracy,
      logLoss: Moments(results.map(\.test.logLoss)).mean, cost: contender.cost,
      fitSeconds: Moments(units.map(\.seconds)).mean, settings: chosen.map(\.setting),
      remarks: Array(Set(results.compactMap(\.remark))).sorted() + Self.edgeRemarks(results))
  }

  /// Says so where most repeats chose the first or the last of their settings: the range may be too narrow.
  private static func edgeRemarks(_ results: [UnitResult]) -> [String] {
    [0, results[0].trials.count - 1].compactMap { edge in
      let count = results.count { $0.chosen == edge }
      guard results[0].trials.count > 1, 2 * count > results.count else { return nil }
      return "\(results[0].trials[edge].setting), an end of the range that was searched, was chosen in "
        + "\(count) of \(results.count) repeats"
    }
  }
}

/// Estimates with intervals, as the design of the splits demands.
private struct Inference {
  let design: SplitDesign
  let splits: [Split]
  let dataset: Dataset
  let stream: RandomStream

  /// For each test image of a unit 1 where its prediction is right, else 0.
  func correct(_ unit: UnitRecord) -> [Double] {
    zip(Scores.predictions(unit.testProbabilities), unit.testIndices).map { $0 == dataset.labels[$1] ? 1 : 0 }
  }

  /// The mean of a score over test images and repeats with its 95 % interval, and the smallest mean that would be told
  /// from 0 at the 5 % level with 80 % power.
  ///
  /// - Parameter scores: The scores of all test images in a repeat.
  /// - Returns: Both.
  func judge(_ scores: (_ split: Int) -> [Double]) -> (estimate: Estimate, smallestDetectable: Double) {
    switch design {
    case .randomSplits:
      let trainCount = splits.reduce(0) { $0 + $1.train.count } / splits.count
      let testCount = splits.reduce(0) { $0 + $1.test.count } / splits.count
      let test = CorrectedResampledT(
        splits.indices.map { Moments(scores($0)).mean }, trainCount: trainCount, testCount: testCount)
      return (Estimate(mean: test.mean, test.interval()), test.smallestDetectableDifference())
    case .fixedTest:
      let matrix = Tensor(splits.indices.flatMap(scores), shape: [splits.count, splits[0].test.count])
      let groups = dataset.groups.map { groups in splits[0].test.map { groups.identifiers[$0] } }
      let bootstrap = TwoWayBootstrap(matrix, groups: groups, from: stream)
      return (Estimate(mean: bootstrap.mean, bootstrap.interval()), bootstrap.smallestDetectableDifference())
    }
  }
}

extension Estimate {
  /// The same with an interval that does not leave 0…1, as an accuracy cannot.
  fileprivate var clipped: Estimate { Estimate(mean: mean, lower: max(0, lower), upper: min(1, upper)) }

  fileprivate init(mean: Double, _ interval: ConfidenceInterval) {
    self.init(mean: mean, lower: interval.lower, upper: interval.upper)
  }
}
