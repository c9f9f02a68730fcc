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
      design: design, splits: splits, testsRefitted: testsRefitted, dataset: dataset, family: family,
      stream: RandomStream(seed: seed).split("bootstrap")
    )
    let dealt = contenders.count(where: \.dealsLabels)
    let models = zip(contenders, byContender).map { contender, units in
      ModelSummary(
        contender, units, family: family, score: inference.judge(units).estimate.clipped(for: family),
        chance: contender.dealsLabels ? inference.chance(units, tests: dealt) : nil)
    }
    let bestFixed = best(of: models) { $0.side == .fixed }
    let bestLearned = best(of: models) { $0.side == .learned }
    func lead(_ model: Int, _ against: Int) -> Judgement {
      inference.lead(byContender[model], over: byContender[against])
    }
    func judge(_ model: Int, _ against: Int) -> (PairedDifference, pValue: Double) {
      let judgement = lead(model, against)
      let difference = PairedDifference(
        model: models[model].model, against: models[against].model, difference: judgement.estimate,
        smallestDetectable: judgement.smallestDetectable)
      return (difference, judgement.pValue)
    }
    func difference(_ model: Int, _ against: Int) -> PairedDifference { judge(model, against).0 }
    let pairs = Self.indices(of: models, on: .learned).flatMap { learned in
      Self.indices(of: models, on: .fixed).map { (model: learned, against: $0) }
    }
    var table = TableResult(
      dataset: dataset.name, checksum: dataset.checksum, design: description,
      counts: partCounts.map { Int(Moments($0.map(Double.init)).mean.rounded()) },
      hasEqualCounts: partCounts.allSatisfy { Set($0).count == 1 }, splits: splits.count,
      folds: folds, models: models, bestFixed: bestFixed.map { models[$0].model },
      bestLearned: bestLearned.map { models[$0].model },
      difference: bestFixed.flatMap { fixed in bestLearned.map { difference($0, fixed) } },
      pairs: PairedTest.family(
        pairs.map { judge($0.model, $0.against) },
        mcNemar: pairs.map { pair in
          inference.mcNemar(byContender[pair.model][0], byContender[pair.against][0])
        }),
      hypothesis: verdict(models, difference), perturbed: perturbed(byContender, inference), remarks: notes)
    if isLearningCurve, let bestFixed, let bestLearned { table.draws = lead(bestLearned, bestFixed).draws }
    return table
  }

  private var folds: Int? { if case .folds(let folds) = design { folds } else { nil } }

  /// The measures on perturbed test images; `nil` where there are none.
  private func perturbed(_ units: [[UnitRecord]], _ inference: Inference) -> [PerturbedEstimate]? {
    guard !perturbations.isEmpty else { return nil }
    return perturbations.enumerated().flatMap { place, perturbation in
      zip(contenders, units).map { contender, units in
        let judgement = inference.judge(units, perturbation: place)
        return PerturbedEstimate(
          perturbation: perturbation.kind.rawValue, strength: perturbation.strength, model: contender.name,
          family: family, score: judgement.estimate.clipped(for: family))
      }
    }
  }

  private var description: String {
    design.description(of: dataset)
      + (testsRefitted ? " Chosen settings are fitted again to training and validation images together." : "")
      + (budget.map { " Models are matched to \($0.words($0.amount)), within 2 %." } ?? "")
  }

  /// The numbers of training, validation and test images in each repeat.
  private var partCounts: [[Int]] {
    [splits.map(\.train.count), splits.map(\.validation.count), splits.map(\.test.count)]
  }

  /// The index of the model with the best validation score, the first of equals.
  private func best(of models: [ModelSummary], among isIncluded: (ModelSummary) -> Bool) -> Int? {
    models.indices.filter { isIncluded(models[$0]) }.reduce(nil) { best, index in
      guard let best else { return index }
      return family.lead(models[index].validation, over: models[best].validation) > 0 ? index : best
    }
  }

  private static func indices(of models: [ModelSummary], on side: Side) -> [Int] {
    models.indices.filter { models[$0].side == side }
  }

  private func verdict(
    _ models: [ModelSummary], _ difference: (Int, Int) -> PairedDifference
  ) -> HypothesisVerdict? {
    guard let expectation = Expectation.of(dataset),
      let expected = best(of: models, among: { expectation.isExpectedWinner($0.model) })
    else { return nil }
    let rivals = [Side.fixed, .learned].map { side in
      best(of: models) { $0.side == side && !expectation.isExpectedWinner($0.model) }
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
  fileprivate init(
    _ contender: any Contender, _ units: [UnitRecord], family: ModelFamily, score: Estimate, chance: ChanceVerdict?
  ) {
    let results = units.map(\.result)
    let chosen = results.map { $0.trials[$0.chosen] }
    self.init(
      model: contender.name, side: contender.side, family: family,
      validation: Moments(chosen.map { $0.validation[family] }).mean, score: score,
      means: Score.mean(of: results.map(\.test)), cost: contender.cost,
      fitSeconds: Moments(units.map(\.seconds)).mean,
      chance: chance, searchSpace: contender.searchSpace, settings: chosen.map(\.setting),
      remarks: Array(Set(results.compactMap(\.remark))).sorted()
        + (contender.side == .control ? [] : Self.edgeRemarks(results)))
  }

  /// Says so where most repeats chose the first or the last of their settings: the range may be too narrow.
  private static func edgeRemarks(_ results: [UnitResult]) -> [String] {
    [0, results[0].trials.count - 1].compactMap { edge in
      let count = results.count { $0.chosen == edge }
      guard results[0].trials.count > 1, 2 * count > results.count else { return nil }
      let settings = results.map { $0.trials[edge].setting }
      let name = settings[0] + (Set(settings).count > 1 ? " in the first repeat" : "")
      return "\(name), an end of the range that was searched, was chosen in "
        + "\(count) of \(results.count) repeats"
    }
  }
}
