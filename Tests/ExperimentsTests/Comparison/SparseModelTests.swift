import Datasets
import Experiments
import Foundation
import LinearModels
import Spectral
import Tensors
import TestSupport
import Testing

/// Linear models under other penalties than ridge, judged by formulas written out here; the solver has its own oracles.
@Suite struct SparseModelTests {
  private static let trials = 5

  /// Images of 4×4 pixels of noise, of which two decide about a class, a number or a count.
  private func dataset(_ family: ModelFamily) throws -> Dataset {
    let images = randomTensor([300, 4, 4], seed: 4, as: Float.self)
    var stream = RandomStream(seed: 5)
    let scores = (0..<300).map { 2 * Double(images[rows: $0..<$0 + 1].elements[3]) + 0.3 * stream.normal() }
    let numbers = scores.map { family == .poisson ? Double(stream.poisson(mean: exp($0 / 2))) : $0 }
    let labels = scores.map { $0 < -0.8 ? 0 : $0 < 0.8 ? 1 : 2 }
    return try Dataset(
      name: "x", images: images, labels: labels, classes: ["a", "b", "c"],
      numbers: family == .multinomial ? nil : numbers)
  }

  private func run(
    _ models: [String], _ family: ModelFamily, trials: Int = trials, refit: Bool = false
  ) throws -> (arena: Arena, records: [UnitRecord]) {
    let configuration = ComparisonConfiguration(
      dataset: ["x"], models: models, family: family, noControls: true, splits: 2, trials: trials, epochs: trials,
      refit: refit)
    let comparison = try Comparison(configuration, datasets: [dataset(family)])
    let recorder = UnitRecorder()
    _ = try comparison.run(observer: recorder)
    return (comparison.arenas[0], recorder.records.sorted { ($0.contender, $0.split) < ($1.contender, $1.split) })
  }

  /// Standardised pixels of some images, by the moments of the training images.
  private func pixels(_ arena: Arena, _ images: [Int], training: [Int]) -> Tensor<Double> {
    let all = arena.dataset.images.map { Double($0) }.reshaped([-1, 16])
    return Standardizer(fitting: all.gatheringRows(training)).apply(all.gatheringRows(images))
  }

  /// What is left of the response when its mean, or the shares of its classes, are taken away, one row for each score.
  private func residuals(_ arena: Arena, _ rows: [Int]) -> [[Double]] {
    func centred(_ values: [Double]) -> [Double] {
      let mean = values.reduce(0, +) / Double(values.count)
      return values.map { $0 - mean }
    }
    guard let numbers = arena.dataset.numbers else {
      return (0..<3).map { label in centred(rows.map { arena.dataset.labels[$0] == label ? 1 : 0 }) }
    }
    let values = centred(rows.map { numbers[$0] })
    let scale = (values.reduce(0) { $0 + $1 * $1 } / Double(values.count - 1)).squareRoot()
    return [arena.family == .gaussian ? values.map { $0 / scale } : values]
  }

  /// The first λ is max |xⱼ·r|/n, and the chosen model is the optimum of the penalised likelihood at its share of it.
  @Test(arguments: ModelFamily.allCases, [false, true])
  func theChosenModelIsTheOptimumAtItsShareOfTheLargestStrength(family: ModelFamily, refit: Bool) throws {
    let (arena, records) = try run(["pixels+l1"], family, refit: refit)
    for record in records {
      let split = arena.splits[record.split]
      let tuned = try largestStrength(arena, split.train)
      for (trial, share) in zip(record.result.trials, TrialPath.sparseShares(Self.trials)) {
        #expect(trial.setting.hasPrefix("l1=\(String(format: "%.3g", share * tuned)) ("), "\(trial.setting)")
      }
      #expect(record.result.trials[0].setting.hasSuffix("(0 of 16 features)"))
      let rows = refit ? split.train + split.validation : split.train
      let strength = try largestStrength(arena, rows) * TrialPath.sparseShares(Self.trials)[record.result.chosen]
      let expected = try predictions(arena, fittedTo: rows, strength, for: split.test)
      #expect(relativeError(record.testPredictions, expected) < 1e-3)
    }
  }

  private func largestStrength(_ arena: Arena, _ rows: [Int]) throws -> Double {
    let x = pixels(arena, rows, training: rows)
    return residuals(arena, rows).flatMap { residual in
      (0..<16).map { column in
        abs(rows.indices.reduce(0) { $0 + x[$1, column] * residual[$1] }) / Double(rows.count)
      }
    }.max() ?? 0
  }

  private func predictions(
    _ arena: Arena, fittedTo rows: [Int], _ strength: Double, for test: [Int]
  ) throws -> Tensor<Double> {
    let x = pixels(arena, rows, training: rows)
    let (family, response, scale): (Family, Response, (Double) -> Double)
    switch (arena.family, arena.dataset.numbers) {
    case (.gaussian, .some(let numbers)):
      let own = rows.map { numbers[$0] }
      let mean = own.reduce(0, +) / Double(own.count)
      let deviation = (own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(own.count - 1)).squareRoot()
      (family, response, scale) = (
        .gaussian, .numbers(own.map { ($0 - mean) / deviation }), { $0 * deviation + mean }
      )
    case (.poisson, .some(let numbers)):
      (family, response, scale) = (.poisson, .numbers(rows.map { numbers[$0] }), { $0 })
    default:
      (family, response, scale) = (.multinomial, .classes(rows.map { arena.dataset.labels[$0] }, count: 3), { $0 })
    }
    let fit = try GLMProblem(features: x, response: response, family: family)
      .fit(penalty: .lasso(strength), options: SolverOptions(tolerance: 1e-9))
    #expect(fit.converged)
    return fit.model.means(pixels(arena, test, training: rows)).map(scale)
  }

  /// A single trial is not wasted on a model without weights.
  @Test func aSingleTrialIsTheMiddle() throws {
    let (_, records) = try run(["haar+l1"], .multinomial, trials: 1)
    #expect(records.allSatisfy { !$0.result.trials[0].setting.contains("(0 of") && $0.result.trials.count == 1 })
    #expect(TrialPath.sparseShares(4) == [1, 0.1, 0.01, 0.001])
  }

  @Test func ridgeNeedNotBeNamed() throws {
    let (_, plain) = try run(["haar:8"], .multinomial)
    let (_, named) = try run(["haar:8+ridge"], .multinomial)
    #expect(plain.map(\.testPredictions) == named.map(\.testPredictions))
    #expect(plain.map(\.result.trials) == named.map(\.result.trials))
  }

  /// Groups are the bands of the basis, of 1 and of 4 atoms, as far as features of them are left.
  @Test(arguments: [("haar+group-l1", 16), ("haar@order:7+group-l1", 7)])
  func groupsAreBands(model: String, count: Int) throws {
    let (arena, records) = try run([model], .gaussian)
    let basis = try BasisCatalog.basis(named: "haar", height: 4, width: 4, random: RandomStream(seed: 0))
    let bands = basis.bands.map { $0.atoms.filter { $0 < count } }.filter { !$0.isEmpty }
    #expect(Set(bands.map(\.count)) == (count == 16 ? [1, 4] : [1, 3]))
    let images = arena.dataset.images.map { Double($0) }.reshaped([-1, 4, 4])
    let rows = basis.analyze(images, count: count)
    let numbers = try #require(arena.dataset.numbers)
    for record in records {
      let split = arena.splits[record.split]
      let standardizer = Standardizer(fitting: rows.gatheringRows(split.train))
      let own = split.train.map { numbers[$0] }
      let mean = own.reduce(0, +) / Double(own.count)
      let deviation = (own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(own.count - 1)).squareRoot()
      let problem = try GLMProblem(
        features: standardizer.apply(rows.gatheringRows(split.train)),
        response: .numbers(own.map { ($0 - mean) / deviation }), family: .gaussian)
      let largest = try problem.largestStrength(.groupLasso(bands))
      let fits = try problem.path(
        .groupLasso(bands), strengths: TrialPath.sparseShares(Self.trials).map { largest * $0 },
        options: SolverOptions(tolerance: 1e-9))
      for (trial, fit) in zip(record.result.trials, fits) {
        #expect(trial.setting.hasSuffix("(\(fit.activeColumns.count) of \(count) features)"), "\(trial.setting)")
      }
      let fit = fits[record.result.chosen]
      let expected = fit.model.means(standardizer.apply(rows.gatheringRows(split.test))).map { $0 * deviation + mean }
      #expect(fit.converged && relativeError(record.testPredictions, expected) < 1e-3)
    }
  }

  @Test(arguments: [
    (["fourier:32", "fourier:32+ridge"], true), (["fourier", "fourier:64+ridge"], true),
    (["haar+l1", "haar+elastic-net:1"], true), (["haar:64", "haar+elastic-net:0"], true),
    (["haar+elastic-net", "haar+elastic-net:0.5"], true), (["shuffled:haar", "shuffled:haar+ridge"], true),
    (["haar", "haar+l1"], false), (["haar:64+l1", "haar+l1"], false), (["haar+l1", "haar+elastic-net"], false),
  ])
  func equalModelsHaveEqualNames(models: [String], areEqual: Bool) throws {
    let configuration = ComparisonConfiguration(dataset: ["x"], models: models)
    if areEqual {
      #expect(throws: InputError.self) { try configuration.validate() }
    } else {
      try configuration.validate()
    }
  }

  @Test(arguments: [
    ("haar+", "unknown penalty or link ''"), ("haar+l3", "did you mean 'l1'?"),
    ("haar+probt", "did you mean 'probit'?"),
    ("haar+probit+logit", "one link, found 2"), ("haar+probit", "where images have 4 classes"),
    ("haar+l2", "called 'ridge' here"),
    ("haar+l1+l1", "one penalty, found 2"), ("haar+l1:3", "takes no options"), ("harr+l1", "did you mean 'haar'?"),
    ("haar+elastic-net:1.5", "from 0 (ridge) to 1 (l1), got '1.5'"), ("haar+elastic-net:", "got ''"),
    ("cnn+l1", "only linear models"), ("cnn:8x16+l1", "only linear models"), ("majority+ridge", "only linear models"),
    ("frozen:cnn:haar+l1", "only linear models"), ("shuffled:mlp+l1", "only linear models"),
    ("log-fourier+group-l1", "'log-fourier' have no bands"), ("pca+group-l1", "'pca"),
    ("pixels+group-l1", "'pixels' have no bands"),
  ])
  func mistakesAreNamed(model: String, complaint: String) throws {
    let images = try SyntheticFamilies.named("ramps").makeDataset(count: 60, from: RandomStream(seed: 3))
    let error = #expect(throws: InputError.self) {
      _ = try Comparison(ComparisonConfiguration(dataset: ["x"], models: [model]), datasets: [images])
    }
    #expect(error?.description.contains(complaint) == true, "\(error?.description ?? "")")
  }
}
