import Datasets
import Experiments
import Foundation
import LinearModels
import Tensors
import TestSupport
import Testing

/// Linear models with a link in their name, beside fits of the library on a design matrix written out here.
@Suite struct LinkModelTests {
  private static let trials = 3

  /// Images of 4×4 pixels, one of which decides about two classes or about a positive number.
  private func dataset(_ family: ModelFamily) throws -> Dataset {
    let images = randomTensor([200, 4, 4], seed: 6, as: Float.self)
    var stream = RandomStream(seed: 7)
    let scores = (0..<200).map { Double(images[rows: $0..<$0 + 1].elements[5]) + 0.5 * stream.normal() }
    return try Dataset(
      name: "x", images: images, labels: scores.map { $0 < 0.3 ? 0 : 1 }, classes: ["a", "b"],
      numbers: family == .multinomial ? nil : scores.map { family == .poisson ? exp($0).rounded() : exp($0) })
  }

  private func comparison(_ model: String, _ family: ModelFamily) throws -> Comparison {
    let configuration = ComparisonConfiguration(
      dataset: ["x"], models: [model], family: family, noControls: true, splits: 2, trials: Self.trials,
      epochs: Self.trials)
    return try Comparison(configuration, datasets: [dataset(family)])
  }

  @Test(arguments: [
    ("pixels+logit", Link.logit, ModelFamily.multinomial), ("pixels+ridge+probit", .probit, .multinomial),
    ("pixels+cloglog+l1", .cloglog, .multinomial), ("pixels+log", .log, .gaussian), ("pixels+l1+log", .log, .gaussian),
  ])
  func theChosenModelIsThatOfItsLink(model: String, link: Link, family: ModelFamily) throws {
    let (comparison, recorder) = (try comparison(model, family), UnitRecorder())
    _ = try comparison.run(observer: recorder)
    let arena = comparison.arenas[0]
    #expect(arena.contenders[0].cost == ModelCost(parameters: 17, links: 17, operations: 16))
    for record in recorder.records {
      let split = arena.splits[record.split]
      let all = arena.dataset.images.map { Double($0) }.reshaped([-1, 16])
      let standardizer = Standardizer(fitting: all.gatheringRows(split.train))
      let numbers = arena.dataset.numbers.map { numbers in split.train.map { numbers[$0] } }
      let mean = numbers.map { $0.reduce(0, +) / Double($0.count) } ?? 1
      let problem = try GLMProblem(
        features: standardizer.apply(all.gatheringRows(split.train)),
        response: numbers.map { .numbers($0.map { $0 / mean }) }
          ?? .classes(split.train.map { arena.dataset.labels[$0] }, count: 2),
        family: numbers == nil ? .binomial : .gaussian, link: link)
      let chosen = record.result.chosen
      let penalty =
        model.contains("l1")
        ? Penalty.lasso(try problem.largestStrength(.lasso) * TrialPath.sparseShares(Self.trials)[chosen])
        : .ridge(TrialPath.ridges(Self.trials)[chosen])
      let fit = try problem.fit(penalty: penalty, options: SolverOptions(tolerance: 1e-9))
      let means = fit.model.means(standardizer.apply(all.gatheringRows(split.test))).map { mean * $0 }
      let found = record.testPredictions
      for row in split.test.indices {
        #expect(abs(found[row, found.shape[1] - 1] - means[row, 0]) < 1e-3 * max(1, abs(means[row, 0])))
        if numbers == nil { #expect(abs(found[row, 0] + found[row, 1] - 1) < 1e-12) }
      }
    }
  }

  @Test(arguments: [
    ("pixels+probit", ModelFamily.gaussian, "write 'log' in its place"),
    ("pixels+identity", .gaussian, "Leave it out, for the link 'identity'"),
    ("pixels+identity", .poisson, "where images have counts"),
    ("pixels+log", .multinomial, "'logit', 'probit', 'cloglog'"),
  ])
  func linksOfOtherThingsAreRefused(model: String, family: ModelFamily, complaint: String) throws {
    let error = #expect(throws: InputError.self) { _ = try comparison(model, family) }
    #expect(error?.description.contains(complaint) == true, "\(error?.description ?? "")")
  }

  @Test func theOrderOfPenaltyAndLinkDoesNotMatter() throws {
    for models in [["haar+l1+probit", "haar+probit+l1"], ["haar+probit", "haar:64+ridge+probit"]] {
      #expect(throws: InputError.self) { try ComparisonConfiguration(dataset: ["x"], models: models).validate() }
    }
    try ComparisonConfiguration(dataset: ["x"], models: ["haar+probit", "haar+logit", "haar"]).validate()
  }
}
