import Datasets
import Statistics
import Tensors

/// Estimates with intervals, as the design of the splits demands.
struct Inference {
  let design: SplitDesign
  let splits: [Split]
  let testsRefitted: Bool
  let dataset: Dataset
  let stream: RandomStream

  /// For each test image of a unit 1 where its prediction is right, else 0.
  func correct(_ unit: UnitRecord) -> [Double] {
    isCorrect(unit.testProbabilities, unit).map { $0 ? 1 : 0 }
  }

  /// The exact test of two models refitted on the whole official training part; `nil` where they were not.
  func mcNemar(_ first: UnitRecord, _ second: UnitRecord) -> McNemarTest? {
    guard let one = first.refitProbabilities, let other = second.refitProbabilities else { return nil }
    return McNemarTest(isCorrect(one, first), isCorrect(other, second))
  }

  /// The test of a model whose labels were dealt anew in every repeat, all repeats together.
  func chance(_ units: [UnitRecord]) -> ChanceTest {
    let predictions = units.map { Scores.predictions($0.testProbabilities) }
    return ChanceTest(
      zip(predictions, units).map { predictions, unit in (predictions: predictions, labels: unit.testLabels) },
      classCount: dataset.classes.count)
  }

  private func isCorrect(_ probabilities: Tensor<Double>, _ unit: UnitRecord) -> [Bool] {
    zip(Scores.predictions(probabilities), unit.testLabels).map { $0 == $1 }
  }

  /// The mean of a score over test images and repeats with its 95 % interval, the smallest mean that would be told
  /// from 0 at the 5 % level with 80 % power, and the p-value of a mean of 0.
  ///
  /// - Parameter scores: The scores of all test images in a repeat.
  /// - Returns: The judgement; where nothing varies the p-value is 1, since nothing is known of the spread.
  func judge(_ scores: (_ split: Int) -> [Double]) -> Judgement {
    switch design {
    case .randomSplits:
      let fitted = splits.map { $0.train.count + (testsRefitted ? $0.validation.count : 0) }
      let trainCount = fitted.reduce(0, +) / splits.count
      let testCount = splits.reduce(0) { $0 + $1.test.count } / splits.count
      return Judgement(
        CorrectedResampledT(
          splits.indices.map { Moments(scores($0)).mean }, trainCount: trainCount, testCount: testCount))
    case .folds(let folds):
      return Judgement(CorrectedResampledT(splits.indices.map { Moments(scores($0)).mean }, folds: folds))
    case .fixedTest:
      let matrix = Tensor(splits.indices.flatMap(scores), shape: [splits.count, splits[0].test.count])
      let groups = dataset.groups.map { groups in splits[0].test.map { groups.identifiers[$0] } }
      let bootstrap = TwoWayBootstrap(matrix, groups: groups, from: stream)
      return Judgement(bootstrap)
    }
  }
}

/// What is said of a mean.
struct Judgement {
  let estimate: Estimate
  let smallestDetectable: Double
  let pValue: Double
  /// The means of the bootstrap in the order in which they were drawn; empty where there is none.
  let draws: [Double]

  init(_ test: CorrectedResampledT) {
    estimate = Estimate(mean: test.mean, test.interval())
    smallestDetectable = test.smallestDetectableDifference()
    pValue = test.standardError > 0 ? test.pValue : 1
    draws = []
  }

  init(_ bootstrap: TwoWayBootstrap) {
    estimate = Estimate(mean: bootstrap.mean, bootstrap.interval())
    smallestDetectable = bootstrap.smallestDetectableDifference()
    pValue = bootstrap.replicates.first == bootstrap.replicates.last ? 1 : bootstrap.pValue
    draws = bootstrap.draws
  }
}

extension Estimate {
  /// The same with an interval that does not leave 0…1, as an accuracy cannot.
  var clipped: Estimate { Estimate(mean: mean, lower: max(0, lower), upper: min(1, upper)) }

  fileprivate init(mean: Double, _ interval: ConfidenceInterval) {
    self.init(mean: mean, lower: interval.lower, upper: interval.upper)
  }
}

extension PairedTest {
  /// Tests all pairs of a table together, corrected after Holm.
  ///
  /// - Parameters:
  ///   - pairs: The differences with the p-value of each by itself.
  ///   - mcNemar: McNemar's test of each; all of them, or none.
  /// - Returns: The tests in the same order.
  static func family(_ pairs: [(PairedDifference, pValue: Double)], mcNemar: [McNemarTest?]) -> [PairedTest] {
    let adjusted = HolmCorrection.adjusted(pairs.map(\.pValue))
    let exact = mcNemar.compactMap { $0 }
    let exactAdjusted = HolmCorrection.adjusted(exact.map(\.pValue))
    return pairs.indices.map { index in
      PairedTest(
        comparison: pairs[index].0, pValue: pairs[index].pValue, adjustedPValue: adjusted[index],
        mcNemar: exact.count < pairs.count
          ? nil
          : McNemar(
            onlyModel: exact[index].onlyFirst, onlyAgainst: exact[index].onlySecond, pValue: exact[index].pValue,
            adjustedPValue: exactAdjusted[index]))
    }
  }
}
