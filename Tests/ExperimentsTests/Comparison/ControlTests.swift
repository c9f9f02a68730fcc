import Datasets
import Experiments
import Foundation
import Tensors
import TestSupport
import Testing

/// Models that show what a comparison is worth: they must do as badly as they should.
@Suite struct ControlTests {
  @Test(arguments: [
    (
      ["fourier", "haar:16", "cnn", "net-1"],
      ["majority", "pixels", "random", "random:16", "frozen:cnn", "shuffled:fourier", "shuffled:cnn"]
    ),
    (
      ["haar+l1", "haar:32+group-l1", "pixels+elastic-net:0.3", "fourier@energy:9+l1"],
      ["majority", "pixels", "random+l1", "random:32+l1", "random+elastic-net:0.3", "random:9+l1", "shuffled:haar+l1"]
    ),
    (["log-fourier"], ["majority", "pixels", "shuffled:log-fourier"]),
    (["haar@energy:300", "random:256"], ["majority", "pixels", "shuffled:haar@energy:300"]),
    (
      ["pixels", "majority", "mlp:20", "frozen:mlp:20", "shuffled:pixels", "shuffled:mlp:20"], []
    ),
  ])
  func controlsThatNobodyNamedAreAdded(models: [String], controls: [String]) throws {
    let images = try family("ramps", count: 60)
    let twice = Tensor(images.images.elements + images.images.elements, shape: [60, 2, 16, 16])
    let dataset = try Dataset(name: "two", images: twice, labels: images.labels, classes: images.classes)
    var configuration = ComparisonConfiguration(dataset: ["x"], models: models)
    let arena = try #require(Comparison(configuration, datasets: [dataset]).arenas.first)
    #expect(arena.contenders.map(\.name) == models + controls)
    #expect(arena.contenders.dropFirst(models.count).allSatisfy { $0.side == .control || $0.name == "pixels" })
    configuration.noControls = true
    #expect(try Comparison(configuration, datasets: [dataset]).arenas[0].contenders.map(\.name) == models)
  }

  /// A frozen network of one filter layer trains what lies behind it, and its filters are the atoms.
  @Test(arguments: ["random", "fourier", "haar", "polynomial", "gabor"])
  func frozenFiltersStayWhatTheyAre(bank: String) throws {
    let name = bank == "random" ? "frozen:cnn" : "frozen:cnn:\(bank)"
    let records = try run([name, "cnn"], on: family("motifs", count: 200), epochs: 6)
    let frozen = records.filter { $0.result.model == name }
    #expect(Set(frozen.map { $0.result.trials.count }) == [3])
    for record in frozen {
      let filters = try #require(record.filters)
      #expect(filters.shape == [8, 3, 3])
      let first = filters[rows: 0..<1].elements.map { Double($0) }
      switch bank {
      case "fourier", "polynomial": #expect(first.allSatisfy { abs($0 / first[0] - 1) < 1e-6 }, "a constant")
      case "haar":
        let isInside = [true, true, false, true, true, false, false, false, false]
        #expect(zip(first, isInside).allSatisfy { $1 ? abs($0 / first[0] - 1) < 1e-6 : $0 == 0 }, "2×2 in the middle")
      default: #expect(Set(first).count > 1)
      }
    }
    #expect(frozen[0].filters != records.first { $0.result.model == "cnn" && $0.split == 0 }?.filters)
    #expect(frozen[0].filters != frozen[1].filters, "as large as what each repeat would draw")
  }

  /// Filters are frozen, so only biases and weights behind them are counted.
  @Test(arguments: [("frozen:cnn", 4 * 257), ("frozen:mlp", 4 * 129), ("frozen:large-kernel:dct", 4 * 17)])
  func frozenWeightsAreNotCounted(model: String, parameters: Int) throws {
    let configuration = ComparisonConfiguration(dataset: ["x"], models: [model])
    let arena = try #require(Comparison(configuration, datasets: [family("ramps", count: 60)]).arenas.first)
    let whole = try #require(
      Comparison(
        ComparisonConfiguration(dataset: ["x"], models: [String(model.split(separator: ":")[1])]),
        datasets: [family("ramps", count: 60)]
      ).arenas.first)
    #expect(arena.contenders[0].cost.parameters == parameters && arena.contenders[0].cost.links == parameters)
    #expect(arena.contenders[0].cost.operations == whole.contenders[0].cost.operations)
    #expect(arena.contenders[0].side == (model.hasSuffix("dct") ? .fixed : .control))
  }

  @Test func dealtLabelsLeaveChance() throws {
    let dataset = try family("ramps", count: 400)
    let records = try run(["pixels", "shuffled:pixels", "shuffled:mlp"], on: dataset, epochs: 6)
    for record in records {
      let own = record.testIndices.map { dataset.labels[$0] }
      #expect(labels(record).sorted() == own.sorted())
      #expect((labels(record) == own) == (record.result.model == "pixels"))
    }
    let dealt = records.filter { $0.result.model == "shuffled:pixels" }
    #expect(labels(dealt[0]) != labels(dealt[1]) || dealt[0].testIndices != dealt[1].testIndices)
  }

  private func labels(_ record: UnitRecord) -> [Int] {
    if case .classes(let labels, _) = record.testResponse { labels } else { [] }
  }

  @Test func anAlarmIsTheFirstThingThatIsSaid() throws {
    var configuration = ComparisonConfiguration(dataset: ["x"], models: ["shuffled:pixels"], noControls: true)
    configuration.splits = 3
    let outcome = try Comparison(configuration, datasets: [family("ramps", count: 400)]).run(observer: UnitRecorder())
    let table = try #require(outcome.tables.first)
    let verdict = try #require(table.models.first?.chance)
    #expect(!verdict.isAlarm && verdict.images == 240 && abs((verdict.chance ?? 0) - 0.25) < 0.02)
    #expect(ComparisonTable.lines(table).contains { $0.contains("labels dealt at random: shuffled:pixels") })
    let leaking = try JSONDecoder().decode(
      TableResult.self,
      from: Data(
        String(decoding: JSONEncoder().encode(table), as: UTF8.self)
          .replacing("\"pValue\":\(verdict.pValue)", with: "\"pValue\":0.0009").utf8))
    #expect(leaking.models[0].chance?.isAlarm == true)
    #expect(ComparisonTable.lines(leaking).firstIndex { $0.hasPrefix("ALARM: shuffled:pixels") } == 3)
  }

  private func family(_ name: String, count: Int) throws -> Dataset {
    try SyntheticFamilies.named(name).makeDataset(count: count, from: RandomStream(seed: 3))
  }

  private func run(_ models: [String], on dataset: Dataset, epochs: Int) throws -> [UnitRecord] {
    let recorder = UnitRecorder()
    let configuration = ComparisonConfiguration(
      dataset: ["x"], models: models, noControls: true, splits: 2, trials: 3, epochs: epochs)
    _ = try Comparison(configuration, datasets: [dataset]).run(observer: recorder)
    return recorder.records.sorted { ($0.contender, $0.split) < ($1.contender, $1.split) }
  }
}
