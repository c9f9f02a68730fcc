import Datasets
import Experiments
import Foundation
import Parallel
import Tensors
import TestSupport
import Testing

@Suite struct ComparisonTests {
  @Test func everyModelIsFittedInEveryRepeat() throws {
    let (result, records) = try run(small(), on: [family("ramps", count: 240)])
    let table = try #require(result.tables.first)
    #expect(!result.isInterrupted)
    #expect(table.counts == [152, 40, 48])
    #expect(table.models.map(\.model) == ["majority", "polynomial:10", "mlp"])
    #expect(records.count == 9)
    #expect(records.allSatisfy { $0.result.trials.count == ($0.result.model == "majority" ? 1 : 3) })
    #expect(table.bestFixed == "polynomial:10")
    #expect(table.bestLearned == "mlp")
    let majority = table.models[0].score
    #expect(majority.mean == 0.25)
  }

  @Test func theTableFollowsFromTheUnits() throws {
    let (result, records) = try run(small(), on: [family("gratings", count: 240)])
    let table = try #require(result.tables.first)
    for model in table.models {
      let units = records.filter { $0.result.model == model.model }.map(\.result)
      let mean = units.reduce(0) { $0 + $1.test[.multinomial] } / Double(units.count)
      #expect(abs(model.score.mean - mean) < 1e-12)
      #expect(model.score.lower <= mean && mean <= model.score.upper)
    }
    let difference = try #require(table.difference)
    let means = Dictionary(uniqueKeysWithValues: table.models.map { ($0.model, $0.score.mean) })
    let expected = try #require(means[difference.model]) - #require(means[difference.against])
    #expect(abs(difference.difference.mean - expected) < 1e-12)
  }

  /// With the pixels of the test images erased every test score changes, and no choice does.
  @Test func noChoiceDependsOnTestData() throws {
    let dataset = try family("ramps", count: 240)
    let official = try dataset.reordered(Array(0..<240), officialTest: 180..<240)
    var blankImages = official.images
    blankImages.withUnsafeMutableBufferPointer { pixels in
      for index in 180 * 256..<240 * 256 { pixels[index] = 0 }
    }
    let blank = try Dataset(
      name: official.name, images: blankImages, labels: official.labels, classes: official.classes,
      officialTest: 180..<240)
    var configuration = small()
    configuration.models = ["random", "polynomial:6", "log-fourier", "haar:16", "mlp", "cnn"]
    let (result, records) = try run(configuration, on: [official])
    let (blankResult, blankRecords) = try run(configuration, on: [blank])
    #expect(records.map(\.result.trials) == blankRecords.map(\.result.trials))
    #expect(records.map(\.result.chosen) == blankRecords.map(\.result.chosen))
    #expect(zip(records, blankRecords).allSatisfy { $0.result.test != $1.result.test })
    let (table, blankTable) = (try #require(result.tables.first), try #require(blankResult.tables.first))
    #expect(table.bestFixed == blankTable.bestFixed && table.bestLearned == blankTable.bestLearned)
    #expect(table.bestFixed != nil && table.bestLearned != nil)
    for (side, best) in [(Side.fixed, table.bestFixed), (.learned, table.bestLearned)] {
      let rivals = table.models.filter { $0.side == side }
      #expect(rivals.count >= 2)
      #expect(rivals.map(\.validation).max() == rivals.first { $0.model == best }?.validation)
    }
  }

  /// t₀.₉₇₅ with 2 degrees of freedom is 4.302653 (tables); the factor is 1/3 + n_test/n_train.
  @Test func intervalsFollowNadeauAndBengio() throws {
    let (result, records) = try run(small(), on: [family("gratings", count: 240)])
    let table = try #require(result.tables.first)
    let model = try #require(table.models.first { $0.model == "mlp" })
    let values = records.filter { $0.result.model == "mlp" }.compactMap(\.result.test.accuracy)
    let mean = values.reduce(0, +) / 3
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2
    let half =
      4.302652729911275 * ((1.0 / 3 + Double(table.counts[2]) / Double(table.counts[0])) * variance).squareRoot()
    #expect(half > 0 && (mean + half < 1 || mean - half > 0))
    #expect(abs(model.score.upper - min(1, mean + half)) < 1e-9)
    #expect(abs(model.score.lower - max(0, mean - half)) < 1e-9)
  }

  @Test func aHypothesisIsJudgedOnBothSides() throws {
    var configuration = small()
    configuration.models = ["pixels", "haar:4", "polynomial:6", "mlp"]
    let (result, _) = try run(configuration, on: [family("ramps", count: 240)])
    let verdict = try #require(result.tables.first?.hypothesis)
    #expect(verdict.clauses.map(\.comparison.model) == ["polynomial:6", "polynomial:6"])
    #expect(["pixels", "haar:4"].contains(verdict.clauses[0].comparison.against))
    #expect(verdict.clauses[1].comparison.against == "mlp")
  }

  @Test func aFileHasNoHypothesisWhateverItsName() throws {
    let made = try family("ramps", count: 240)
    let file = try Dataset(
      name: made.name, images: made.images, labels: made.labels, classes: made.classes, origin: "ramps.npz")
    #expect(try run(small(), on: [file]).0.tables.first?.hypothesis == nil)
  }

  @Test(arguments: [
    (0.1, 0.3, HypothesisVerdict.Answer.supported), (-0.3, -0.1, .refuted), (-0.1, 0.1, .undecided),
    (0, 0.1, .undecided),
    (0.2, 0.2, .undecided),
  ])
  func anIntervalAnswers(lower: Double, upper: Double, answer: HypothesisVerdict.Answer) {
    #expect(HypothesisVerdict.Answer(Estimate(mean: (lower + upper) / 2, lower: lower, upper: upper)) == answer)
  }

  @Test func clausesAnswerTogether() {
    #expect(HypothesisVerdict.Answer([.supported, .supported]) == .supported)
    #expect(HypothesisVerdict.Answer([.supported, .undecided]) == .undecided)
    #expect(HypothesisVerdict.Answer([.refuted, .supported]) == .refuted)
  }

  @Test func renamingDataChangesNothing() throws {
    let made = try family("ramps", count: 240)
    let renamed = try Dataset(name: "other", images: made.images, labels: made.labels, classes: made.classes)
    let (first, second) = (try run(small(), on: [made]).1, try run(small(), on: [renamed]).1)
    #expect(first.map(\.result.trials) == second.map(\.result.trials))
    #expect(first.map(\.testPredictions) == second.map(\.testPredictions))
  }

  @Test func defaultModelsThatDoNotFitAreLeftOut() throws {
    let made = try family("ramps", count: 240)
    let odd = try Dataset(
      name: "odd", images: Tensor(Array(made.images.elements.prefix(240 * 35)), shape: [240, 5, 7]),
      labels: made.labels,
      classes: made.classes)
    var configuration = small()
    configuration.models = ComparisonConfiguration.defaultModels
    let arena = try #require(try Comparison(configuration, datasets: [odd]).arenas.first)
    #expect(!arena.contenders.contains { $0.name == "haar" } && arena.contenders.count == 8)
    #expect(arena.notes.count == 2 && arena.notes[0].contains("haar") && arena.notes[1].contains("scattering"))
    configuration.models = ["haar"]
    #expect(throws: InputError.self) { _ = try Comparison(configuration, datasets: [odd]) }
  }

  @Test func oneModelUnderTwoNamesIsRefused() throws {
    for models in [["fourier", "fourier:64"], ["cnn", "small"], ["mlp", "mlp"]] {
      var configuration = small()
      configuration.models = models
      #expect(throws: InputError.self) { try configuration.validate() }
    }
  }

  @Test func sizesThatAreTheSameAreRefused() throws {
    var configuration = small()
    configuration.trainSizes = [76, 0.5]
    #expect(throws: InputError.self) { _ = try Comparison(configuration, datasets: [family("ramps", count: 240)]) }
  }

  @Test(arguments: [10, 12, 14, 40])
  func smallTrainingSizesAreHonoured(size: Int) throws {
    let labels = [Int](repeating: 0, count: 95) + (0..<100).map { 1 + $0 % 5 }
    let images = try family("ramps", count: 240).images[rows: 0..<labels.count]
    let dataset = try Dataset(name: "uneven", images: images, labels: labels, classes: (0..<6).map { "\($0)" })
    var configuration = small()
    configuration.models = ["majority"]
    configuration.trainSizes = [Double(size)]
    let (_, records) = try run(configuration, on: [dataset])
    #expect(records.allSatisfy { $0.result.trainCount == size })
  }

  @Test func learningCurvesShareTheirTestImages() throws {
    var configuration = small()
    configuration.trainSizes = [40, 0.5]
    let (result, records) = try run(configuration, on: [family("motifs", count: 240)])
    #expect(result.tables.map { $0.counts[0] } == [40, 76])
    #expect(Set(records.map(\.testIndices)).count == 1)
  }

  @Test func aCancelledRunReportsOnlyFinishedTables() throws {
    let ends = Lock(0)
    let comparison = try Comparison(small(), datasets: [family("ramps", count: 240)])
    let recorder = UnitRecorder()
    let result = try comparison.run(observer: recorder) {
      ends.withLock { count in
        count += 1
        return count > 4
      }
    }
    #expect(result.isInterrupted)
    #expect(result.tables.isEmpty)
    #expect(recorder.records.count < comparison.unitCount)
  }

  @Test(arguments: [
    ("harr", "did you mean 'haar'?"), ("fourier:0", "1 to 256"), ("fourier:257", "has 256"),
    ("fourier:x", "a whole number"), ("majority:3", "takes no options"), ("cnn:3", "numbers in the place of 8x16"),
    ("mlp:", "widths of its hidden layers"), ("frozen:cn", "did you mean 'cnn'?"),
    ("frozen:cnn:harr", "did you mean 'haar'?"), ("frozen:net-1", "nothing left to learn"),
    ("frozen:net-3:dct", "cannot be the atoms of a basis"), ("shuffled:majority", "a control already"),
    ("log-scatering", "did you mean 'log-scattering'?"),
    ("fourier@enrgy:3", "did you mean 'energy'?"), ("log-fourier@energy:145", "Keep 1 to 144"),
  ])
  func modelsThatDoNotExistAreNamed(model: String, complaint: String) throws {
    var configuration = small()
    configuration.models = [model]
    let error = #expect(throws: InputError.self) {
      _ = try Comparison(configuration, datasets: [family("ramps", count: 240)])
    }
    #expect(error?.description.contains(complaint) == true, "\(error?.description ?? "no error")")
  }

  private func small() -> ComparisonConfiguration {
    ComparisonConfiguration(
      dataset: ["x"], models: ["majority", "polynomial:10", "mlp"], noControls: true, splits: 3, trials: 3, epochs: 6,
      count: 240)
  }

  private func family(_ name: String, count: Int) throws -> Dataset {
    try SyntheticFamilies.named(name).makeDataset(count: count, from: RandomStream(seed: 3))
  }

  private func run(
    _ configuration: ComparisonConfiguration, on datasets: [Dataset]
  ) throws -> (ComparisonOutcome, [UnitRecord]) {
    let recorder = UnitRecorder()
    let result = try Comparison(configuration, datasets: datasets).run(observer: recorder)
    let records = recorder.records.sorted {
      ($0.result.trainCount, $0.split, $0.contender) < ($1.result.trainCount, $1.split, $1.contender)
    }
    return (result, records)
  }
}
