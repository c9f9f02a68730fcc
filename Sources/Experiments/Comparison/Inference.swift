import Datasets
import Statistics
import Tensors

/// Estimates with intervals, as the design of the splits demands.
struct Inference {
  let design: SplitDesign
  let splits: [Split]
  let testsRefitted: Bool
  let dataset: Dataset
  let family: ModelFamily
  let stream: RandomStream

  /// The measure of a model, each unit a repeat.
  func judge(_ units: [UnitRecord]) -> Judgement {
    judge([{ scores(units[$0]) }]) { family.value(ofMean: $0[0]) }
  }

  /// By how much a model is better than another one on the same images.
  ///
  /// Of accuracies and deviances, which are means over images, the difference is one too; errors are taken the root of first.
  func lead(_ model: [UnitRecord], over other: [UnitRecord]) -> Judgement {
    if family == .gaussian {
      return judge([{ scores(model[$0]) }, { scores(other[$0]) }]) { means in
        family.lead(family.value(ofMean: means[0]), over: family.value(ofMean: means[1]))
      }
    }
    return judge(
      [{ split in zip(scores(model[split]), scores(other[split])).map { family.lead($0, over: $1) } }], { $0[0] })
  }

  /// The measure of a model under a perturbation.
  func judge(_ units: [UnitRecord], perturbation place: Int) -> Judgement {
    judge([{ units[$0].perturbedScores[place] }]) { family.value(ofMean: $0[0]) }
  }

  private func scores(_ unit: UnitRecord) -> [Double] { family.imageScores(unit.testPredictions, unit.testResponse) }

  /// The exact test of two models refitted on the whole official training part; `nil` where they were not.
  func mcNemar(_ first: UnitRecord, _ second: UnitRecord) -> McNemarTest? {
    guard !family.explainsNumbers, let one = first.refitPredictions, let other = second.refitPredictions else {
      return nil
    }
    func isCorrect(_ predictions: Tensor<Double>, _ unit: UnitRecord) -> [Bool] {
      family.imageScores(predictions, unit.testResponse).map { $0 == 1 }
    }
    return McNemarTest(isCorrect(one, first), isCorrect(other, second))
  }

  /// The test of a model whose classes or numbers were dealt anew in every repeat, all repeats together.
  ///
  /// - Parameters:
  ///   - units: Its repeats.
  ///   - tests: The number of such models.
  /// - Returns: What is said of it.
  func chance(_ units: [UnitRecord], tests: Int) -> ChanceVerdict {
    var (classes, numbers): ([(predictions: [Int], labels: [Int])], [(predictions: [Double], numbers: [Double])]) = (
      [], []
    )
    for unit in units {
      switch unit.testResponse {
      case .classes(let labels, _): classes.append((Scores.predictions(unit.testPredictions), labels))
      case .numbers(let dealt): numbers.append((unit.testPredictions.elements, dealt))
      }
    }
    guard classes.isEmpty else {
      let test = ChanceTest(classes, classCount: dataset.classes.count)
      return ChanceVerdict(
        images: test.images, right: test.right, chance: test.chance, correlation: nil, pValue: test.pValue,
        tests: tests)
    }
    let test = CorrelationTest(numbers)
    return ChanceVerdict(
      images: test.images, right: nil, chance: nil, correlation: test.correlation, pValue: test.pValue, tests: tests)
  }

  /// A statistic with its 95 % interval, the smallest value of it that would be told from 0 at the 5 % level with 80 % power,
  /// and the p-value of 0.
  ///
  /// - Parameters:
  ///   - scores: Several kinds of scores: those of all test images in a repeat.
  ///   - statistic: A number from the means of each kind over test images: those of a repeat, or, where repeats share their
  ///     test images, of all.
  /// - Returns: The judgement; where nothing varies the p-value is 1, since nothing is known of the spread.
  private func judge(
    _ scores: [(_ split: Int) -> [Double]], _ statistic: (_ means: [Double]) -> Double
  ) -> Judgement {
    func values() -> [Double] {
      splits.indices.map { split in statistic(scores.map { Moments($0(split)).mean }) }
    }
    switch design {
    case .randomSplits:
      let fitted = splits.map { $0.train.count + (testsRefitted ? $0.validation.count : 0) }
      let trainCount = fitted.reduce(0, +) / splits.count
      let testCount = splits.reduce(0) { $0 + $1.test.count } / splits.count
      return Judgement(
        CorrectedResampledT(values(), trainCount: trainCount, testCount: testCount))
    case .folds(let folds):
      return Judgement(CorrectedResampledT(values(), folds: folds))
    case .fixedTest:
      let groups = dataset.groups.map { groups in splits[0].test.map { groups.identifiers[$0] } }
      let bootstraps = scores.map { scores in
        TwoWayBootstrap(
          Tensor(splits.indices.flatMap(scores), shape: [splits.count, splits[0].test.count]), groups: groups,
          from: stream)
      }
      return Judgement(TwoWayBootstrap(combining: bootstraps, statistic))
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
  /// The same with an interval that does not leave 0…1, as an accuracy cannot, or falls below 0, as an error cannot.
  func clipped(for family: ModelFamily) -> Estimate {
    Estimate(mean: mean, lower: max(0, lower), upper: family.explainsNumbers ? upper : min(1, upper))
  }

  init(mean: Double, _ interval: ConfidenceInterval) {
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
