import Datasets
import Experiments
import Foundation
import Synchronization
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
    let majority = table.models[0].accuracy
    #expect(majority.mean == 0.25)
  }

  @Test func theTableFollowsFromTheUnits() throws {
    let (result, records) = try run(small(), on: [family("gratings", count: 240)])
    let table = try #require(result.tables.first)
    for model in table.models {
      let units = records.filter { $0.result.model == model.model }.map(\.result)
      let mean = units.reduce(0) { $0 + $1.test.accuracy } / Double(units.count)
      #expect(abs(model.accuracy.mean - mean) < 1e-12)
      #expect(model.accuracy.lower <= mean && mean <= model.accuracy.upper)
    }
    let difference = try #require(table.difference)
    let means = Dictionary(uniqueKeysWithValues: table.models.map { ($0.model, $0.accuracy.mean) })
    let expected = try #require(means[difference.model]) - #require(means[difference.against])
    #expect(abs(difference.difference.mean - expected) < 1e-12)
  }

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
    let (_, records) = try run(small(), on: [official])
    let (_, blankRecords) = try run(small(), on: [blank])
    #expect(records.map(\.result.trials) == blankRecords.map(\.result.trials))
    #expect(records.map(\.result.chosen) == blankRecords.map(\.result.chosen))
    #expect(records.map(\.result.test) != blankRecords.map(\.result.test))
  }

  @Test func shuffledLabelsLeaveChance() throws {
    let dataset = try family("ramps", count: 400)
    var stream = RandomStream(seed: 9)
    let shuffled = try Dataset(
      name: "shuffled", images: dataset.images, labels: dataset.labels.shuffled(using: &stream),
      classes: dataset.classes)
    let (result, _) = try run(small(), on: [shuffled])
    for model in try #require(result.tables.first).models { #expect(abs(model.accuracy.mean - 0.25) < 0.1) }
  }

  @Test func learningCurvesShareTheirTestImages() throws {
    var configuration = small()
    configuration.trainSizes = [40, 0.5]
    let (result, records) = try run(configuration, on: [family("motifs", count: 240)])
    #expect(result.tables.map { $0.counts[0] } == [40, 76])
    #expect(Set(records.map(\.testIndices)).count == 1)
  }

  @Test func aCancelledRunReportsOnlyFinishedTables() throws {
    let ends = Mutex(0)
    let comparison = try Comparison(small(), datasets: [family("ramps", count: 240)])
    let recorder = Recorder()
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
    ("harr", "did you mean 'haar'?"), ("fourier:0", "at least 1"), ("fourier:257", "have 256"),
    ("fourier:x", "at least 1"), ("mlp:3", "only a basis takes a number of atoms"),
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
      dataset: ["x"], models: ["majority", "polynomial:10", "mlp"], splits: 3, trials: 3, epochs: 6, count: 240)
  }

  private func family(_ name: String, count: Int) throws -> Dataset {
    try SyntheticFamilies.named(name).makeDataset(count: count, from: RandomStream(seed: 3))
  }

  private func run(
    _ configuration: ComparisonConfiguration, on datasets: [Dataset]
  ) throws -> (ComparisonOutcome, [UnitRecord]) {
    let recorder = Recorder()
    let result = try Comparison(configuration, datasets: datasets).run(observer: recorder)
    let records = recorder.records.sorted {
      ($0.result.trainCount, $0.split, $0.contender) < ($1.result.trainCount, $1.split, $1.contender)
    }
    return (result, records)
  }
}

/// Keeps all units that a comparison reports.
private final class Recorder: ComparisonObserver {
  private let state = Mutex<[UnitRecord]>([])

  var records: [UnitRecord] { state.withLock { $0 } }

  func unitFinished(_ record: UnitRecord, in arena: Arena) { state.withLock { $0.append(record) } }

  func tableFinished(_ table: TableResult, records: [UnitRecord], in arena: Arena) {}
}
