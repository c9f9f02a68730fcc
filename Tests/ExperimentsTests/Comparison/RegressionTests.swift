import Datasets
import Experiments
import Formats
import Foundation
import LinearModels
import Tensors
import TestSupport
import Testing

/// Comparisons of models that explain numbers and counts, judged by formulas written out here.
@Suite struct RegressionTests {
  private static let names = ["pixels", "haar:8", "mlp:6"]

  /// Images of noise whose number is linear in four pixels, or a count with the exponential of that as its rate.
  private func dataset(_ family: ModelFamily, official: Bool = false) throws -> Dataset {
    var stream = RandomStream(seed: 8)
    let pixels = (0..<240 * 64).map { _ in Float(stream.normal()) }
    let numbers = (0..<240).map { image -> Double in
      let own = pixels[image * 64..<image * 64 + 4].reduce(0) { $0 + Double($1) }
      return family == .poisson ? count(exp(0.5 * own), &stream) : 20 + 3 * own + stream.normal()
    }
    let images = Tensor<Float>(pixels, shape: [240, 8, 8])
    return try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("numbers.npz")
      func part(_ rows: Range<Int>, _ suffix: String) -> [(name: String, array: NumPyArray)] {
        [("X\(suffix)", NumPyArray(images[rows: rows])), ("y\(suffix)", NumPyArray(Tensor(Array(numbers[rows]))))]
      }
      try NPZ.write(official ? part(0..<180, "_train") + part(180..<240, "_test") : part(0..<240, ""), to: url)
      return try Dataset(npz: url, pixels: .unitRange, labels: family == .poisson ? .numbers : .automatic)
    }
  }

  private func count(_ rate: Double, _ stream: inout RandomStream) -> Double {
    var (count, product) = (0.0, stream.uniform(in: 0..<1))
    while product > exp(-rate) {
      count += 1
      product *= stream.uniform(in: 0..<1)
    }
    return count
  }

  private func compare(
    _ dataset: Dataset, _ family: ModelFamily? = nil, controls: Bool = true
  ) throws -> (table: TableResult, records: [UnitRecord]) {
    let configuration = ComparisonConfiguration(
      dataset: ["x"], models: Self.names, family: family, noControls: !controls, splits: 4, trials: 4, epochs: 120,
      perturb: ["noise:1"])
    let recorder = UnitRecorder()
    let outcome = try Comparison(configuration, datasets: [dataset]).run(observer: recorder)
    return (try #require(outcome.tables.first), recorder.records.sorted { $0.split < $1.split })
  }

  private func error(_ record: UnitRecord) throws -> Double {
    guard case .numbers(let numbers) = record.testResponse else { return .nan }
    let squares = zip(record.testPredictions.elements, numbers).map { ($0 - $1) * ($0 - $1) }
    return (squares.reduce(0, +) / Double(numbers.count)).squareRoot()
  }

  private func values(_ model: String, _ records: [UnitRecord]) throws -> [Double] {
    try records.filter { $0.result.model == model }.map(error)
  }

  @Test func numbersAreRankedByTheirError() throws {
    let data = try dataset(.gaussian)
    #expect(data.numbers?.count == 240 && data.classes.count == 5 && data.classCounts.allSatisfy { $0 == 48 })
    let (table, records) = try compare(data)
    #expect(table.family == .gaussian && table.bestFixed == "pixels" && table.bestLearned == "mlp:6")
    for model in table.models {
      let errors = try values(model.model, records)
      #expect(abs(model.score.mean - errors.reduce(0, +) / 4) < 1e-12, "\(model.model)")
      #expect(model.means.accuracy == nil && model.means.determination != nil)
    }
    let names = ["mean", "random:8", "frozen:mlp:6", "shuffled:pixels", "shuffled:mlp:6"]
    #expect(table.models.filter { $0.side == .control }.map(\.model) == names)
    func explained(_ name: String) -> Double { table.models.first { $0.model == name }?.means.determination ?? .nan }
    #expect(explained("pixels") > 0.9 && explained("mlp:6") > 0.5, "\(explained("pixels")) \(explained("mlp:6"))")
    for model in table.models {
      let chance = model.chance
      #expect((chance != nil) == model.model.hasPrefix("shuffled:") && chance?.isAlarm != true)
      #expect(chance?.right == nil && abs(chance?.correlation ?? 0) < 0.3)
    }
    for name in ["mean", "shuffled:pixels", "shuffled:mlp:6"] { #expect(explained(name) < 0.05, "\(name)") }
    #expect(table.perturbed?.count == table.models.count)
    let noisy = table.perturbed?.first { $0.model == "pixels" }
    let plain = try #require(table.models.first { $0.model == "pixels" })
    #expect(try #require(noisy).score.mean > plain.score.mean)
  }

  /// Nadeau and Bengio's interval of the lead, from errors of each repeat, written out.
  @Test func theLeadHasTheIntervalOfItsRepeats() throws {
    let (table, records) = try compare(try dataset(.gaussian), controls: false)
    let leads = zip(try values("pixels", records), try values("mlp:6", records)).map { $0 - $1 }
    let mean = leads.reduce(0, +) / 4
    let variance = leads.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3
    let half =
      3.182446305284263 * (variance * (1.0 / 4 + Double(table.counts[2]) / Double(table.counts[0]))).squareRoot()
    let found = try #require(table.difference).difference
    #expect(abs(found.mean - mean) < 1e-12 && mean < 0)
    #expect(abs(found.lower - (mean - half)) < 1e-9 && abs(found.upper - (mean + half)) < 1e-9)
    #expect(table.pairs.allSatisfy { $0.mcNemar == nil })
  }

  /// With an official test part errors are taken over all repeats and images together.
  @Test func anOfficialTestPartIsResampled() throws {
    let (table, records) = try compare(try dataset(.gaussian, official: true), controls: false)
    func pooled(_ model: String) throws -> Double {
      let errors = try values(model, records)
      return (errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot()
    }
    for model in table.models { #expect(abs(model.score.mean - (try pooled(model.model))) < 1e-12) }
    let found = try #require(table.difference).difference
    #expect(abs(found.mean - (try pooled("pixels") - pooled("mlp:6"))) < 1e-12)
    #expect(found.lower < found.mean && found.mean < found.upper && found.upper < 0)
  }

  @Test func countsAreRankedByTheirDeviance() throws {
    let data = try dataset(.poisson)
    #expect(data.numbers?.allSatisfy { $0 == $0.rounded() } == true)
    let (table, records) = try compare(data, .poisson)
    let pixels = records.filter { $0.result.model == "pixels" }
    let deviances = pixels.map { record -> Double in
      guard case .numbers(let counts) = record.testResponse else { return .nan }
      let terms = zip(record.testPredictions.elements, counts).map { rate, count in
        2 * ((count > 0 ? count * log(count / rate) : 0) - count + rate)
      }
      return terms.reduce(0, +) / Double(counts.count)
    }
    func score(_ name: String) -> Double { table.models.first { $0.model == name }?.score.mean ?? .nan }
    #expect(abs(score("pixels") - deviances.reduce(0, +) / 4) < 1e-12)
    #expect(
      score("pixels") < 0.7 * score("mean") && score("mlp:6") < 0.9 * score("mean"), "\(table.models.map(\.score))")
    #expect(table.models.allSatisfy { $0.means.rootMeanSquaredError == nil })
  }

  /// A table says under which name it has its measure, and is read again as it was.
  @Test func documentsHaveTheMeasureUnderItsName() throws {
    let (table, _) = try compare(try dataset(.gaussian), controls: false)
    let text = try JSONText.encode(table)
    #expect(text.contains("\"rootMeanSquaredError\"") && text.contains("\"validationRootMeanSquaredError\""))
    #expect(!text.contains("ccuracy\""))
    let again = try JSONText.decoder.decode(TableResult.self, from: Data(text.utf8))
    #expect(try JSONText.encode(again) == text && again.family == .gaussian)
  }

  @Test(arguments: [
    (ModelFamily.gaussian, "majority", "instead of classes"), (.gaussian, "lecun-1989", "was made for classes"),
    (.multinomial, "mean", "instead of numbers"),
  ])
  func modelsOfOtherThingsAreRefused(family: ModelFamily, model: String, complaint: String) throws {
    let data =
      try family == .multinomial
      ? SyntheticFamilies.named("ramps").makeDataset(count: 60, from: RandomStream(seed: 1)) : sixteen()
    let configuration = ComparisonConfiguration(dataset: ["x"], models: [model])
    let error = #expect(throws: InputError.self) { _ = try Comparison(configuration, datasets: [data]) }
    #expect(error?.description.contains(complaint) == true, "\(error?.description ?? "")")
  }

  /// Images of the size that LeCun's network takes.
  private func sixteen() throws -> Dataset {
    let ramps = try SyntheticFamilies.named("ramps").makeDataset(count: 60, from: RandomStream(seed: 1))
    return try Dataset(
      name: "n", images: ramps.images, labels: ramps.labels, classes: ramps.classes,
      numbers: (0..<60).map { Double($0) / 7 })
  }
}
