import Datasets
import Experiments
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct FoldTests {
  @Test(arguments: [2, 3, 5, 7])
  func everyImageIsTestedOnce(folds: Int) throws {
    let labels = [Int](repeating: 0, count: 31) + [Int](repeating: 1, count: 17) + [Int](repeating: 2, count: 29)
    let dataset = try Dataset(
      name: "x", images: Tensor<Float>.zeros([77, 4, 4]), labels: labels, classes: ["a", "b", "c"])
    let splits = try Splits.folds(folds, of: dataset, from: RandomStream(seed: 3))
    #expect(splits.count == folds)
    #expect(splits.flatMap(\.test).sorted() == Array(0..<77))
    #expect(Set(splits.map(\.test.count)).isSubset(of: [77 / folds, 77 / folds + 1]))
    for split in splits {
      #expect((split.train + split.validation + split.test).sorted() == Array(0..<77))
      #expect(abs(Double(split.validation.count) / Double(77 - split.test.count) - 0.2) < 0.05)
    }
    for label in 0..<3 {
      let counts = splits.map { $0.test.count { labels[$0] == label } }
      #expect(counts.max()! - counts.min()! <= 1)
    }
  }

  @Test func foldsKeepGroupsWhole() throws {
    let groups = (0..<60).map { $0 / 3 }
    let dataset = try Dataset(
      name: "x", images: Tensor<Float>.zeros([60, 4, 4]), labels: (0..<60).map { $0 / 3 % 2 }, classes: ["a", "b"],
      groups: ImageGroups(key: "g", values: groups))
    let splits = try Splits.folds(4, of: dataset, from: RandomStream(seed: 3))
    #expect(splits.flatMap(\.test).sorted() == Array(0..<60))
    for split in splits {
      let parts = [split.train, split.validation, split.test].map { Set($0.map { groups[$0] }) }
      #expect(parts[0].isDisjoint(with: parts[1]) && parts[0].union(parts[1]).isDisjoint(with: parts[2]))
    }
  }

  /// Two repeats of three folds: variance factor 1/6 + 1/2, t₀.₉₇₅ with 5 degrees of freedom 2.570581835636314.
  @Test func intervalsAreThoseOfRepeatedCrossValidation() throws {
    let configuration = ComparisonConfiguration(
      dataset: ["x"], models: ["polynomial:6", "mlp"], noControls: true, splits: 2, folds: 3, trials: 2, epochs: 4)
    let dataset = try SyntheticFamilies.named("ramps").makeDataset(count: 120, from: RandomStream(seed: 3))
    let recorder = UnitRecorder()
    let outcome = try Comparison(configuration, datasets: [dataset]).run(observer: recorder)
    let table = try #require(outcome.tables.first)
    #expect(table.splits == 6 && table.folds == 3 && table.counts == [64, 16, 40])
    #expect(ComparisonTable.lines(table)[0].hasSuffix("× 2 × 3 folds"))
    let values = recorder.records.filter { $0.result.model == "mlp" }.compactMap(\.result.test.accuracy)
    let mean = values.reduce(0, +) / 6
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5
    let half = 2.570581835636314 * ((1.0 / 6 + 1.0 / 2) * variance).squareRoot()
    let accuracy = try #require(table.models.last?.score)
    #expect(half > 0 && abs(accuracy.upper - min(1, mean + half)) < 1e-9)
    #expect(abs(accuracy.lower - max(0, mean - half)) < 1e-9)
  }

  @Test func foldsThatCannotBeAreNamed() throws {
    let made = try SyntheticFamilies.named("ramps").makeDataset(count: 20, from: RandomStream(seed: 3))
    let official = try made.reordered(Array(0..<20), officialTest: 12..<20)
    var configuration = ComparisonConfiguration(dataset: ["x"], models: ["majority"], noControls: true, folds: 6)
    for (dataset, complaint) in [(made, "has 5 images"), (official, "official test part")] {
      let error = #expect(throws: InputError.self) { _ = try Comparison(configuration, datasets: [dataset]) }
      #expect(error?.description.contains(complaint) == true, "\(error?.description ?? "")")
    }
    configuration.trainSizes = [0.5]
    #expect(throws: InputError.self) { try configuration.validate() }
  }
}
