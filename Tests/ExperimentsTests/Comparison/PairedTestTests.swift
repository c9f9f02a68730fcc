import Datasets
import Experiments
import Statistics
import Tensors
import TestSupport
import Testing

@Suite struct PairedTestTests {
  /// Every learned model meets every fixed one; Holm's correction over all of them, worked out from the single p-values.
  @Test func allPairsAreCorrectedTogether() throws {
    let table = try compare(official: false)
    #expect(
      table.pairs.map { [$0.comparison.model, $0.comparison.against] } == [
        ["mlp", "haar:16"], ["mlp", "pixels"], ["cnn", "haar:16"], ["cnn", "pixels"],
      ])
    #expect(table.pairs.allSatisfy { $0.mcNemar == nil })
    var largest = 0.0
    for (rank, pair) in table.pairs.sorted(by: { $0.pValue < $1.pValue }).enumerated() {
      largest = max(largest, min(1, Double(4 - rank) * pair.pValue))
      #expect(pair.adjustedPValue == largest && pair.isSignificant == (largest <= 0.05))
    }
  }

  /// The interval leaves out 0 exactly when the pair by itself is significant at its level.
  @Test func pValuesAgreeWithIntervals() throws {
    for pair in try compare(official: false).pairs {
      let interval = pair.comparison.difference
      #expect((interval.lower > 0 || interval.upper < 0) == (pair.pValue < 0.05))
    }
  }

  @Test func anOfficialSplitHasMcNemarsTest() throws {
    let table = try compare(official: true)
    for pair in table.pairs {
      let exact = try #require(pair.mcNemar)
      let expected = McNemarTest(onlyFirst: exact.onlyModel, onlySecond: exact.onlyAgainst)
      #expect(exact.pValue == expected.pValue && exact.adjustedPValue >= exact.pValue)
      #expect(exact.onlyModel + exact.onlyAgainst <= 60)
    }
    #expect(table.pairs.contains { $0.mcNemar?.onlyModel != $0.mcNemar?.onlyAgainst })
  }

  private func compare(official: Bool) throws -> TableResult {
    let made = try SyntheticFamilies.named("ramps").makeDataset(count: 240, from: RandomStream(seed: 3))
    let dataset = official ? try made.reordered(Array(0..<240), officialTest: 180..<240) : made
    let configuration = ComparisonConfiguration(
      dataset: ["x"], models: ["haar:16", "mlp", "pixels", "cnn", "random"], noControls: true, splits: 3, trials: 2,
      epochs: 4, count: 240)
    let outcome = try Comparison(configuration, datasets: [dataset]).run(observer: Silence())
    return try #require(outcome.tables.first)
  }
}

/// Hears everything and does nothing.
private struct Silence: ComparisonObserver {
  func unitFinished(_ record: UnitRecord, in arena: Arena) {}
  func tableFinished(_ table: TableResult, records: [UnitRecord], in arena: Arena) {}
}
