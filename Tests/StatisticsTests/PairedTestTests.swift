import Foundation
import Statistics
import TestSupport
import Testing

@Suite struct PairedTestTests {
  private struct Fixture: Decodable {
    struct Family: Decodable {
      let raw, adjusted: [Double]

      init(from decoder: any Decoder) throws {
        var pair = try decoder.unkeyedContainer()
        raw = try pair.decode([Double].self)
        adjusted = try pair.decode([Double].self)
      }
    }
    let mcnemar, binomial: [[Double]]
    let holm: [Family]
  }

  private let fixture: Fixture

  init() throws {
    fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: Places.fixture("scores.json")))
  }

  @Test func binomialAgreesWithSciPy() {
    for row in fixture.binomial {
      let law = BinomialDistribution(attempts: Int(row[0]), probability: row[1])
      expectClose(law.cumulative(Int(row[2])), row[3], "n = \(row[0]), p = \(row[1]), k = \(row[2])")
    }
    #expect(BinomialDistribution(attempts: 3, probability: 0.5).cumulative(-1) == 0)
    #expect(BinomialDistribution(attempts: 3, probability: 1).cumulative(2) == 0)
  }

  @Test func mcNemarAgreesWithStatsmodels() {
    for row in fixture.mcnemar {
      let test = McNemarTest(onlyFirst: Int(row[0]), onlySecond: Int(row[1]))
      expectClose(test.pValue, row[2], "b = \(row[0]), c = \(row[1])")
    }
  }

  @Test func mcNemarCountsDisagreements() {
    let test = McNemarTest([true, true, false, false, true], [true, false, true, false, false])
    #expect(test == McNemarTest(onlyFirst: 2, onlySecond: 1))
    expectClose(test.pValue, 1, "two against one")
  }

  @Test func holmAgreesWithStatsmodels() {
    for family in fixture.holm {
      for (actual, expected) in zip(HolmCorrection.adjusted(family.raw), family.adjusted) {
        expectClose(actual, expected, "Holm of \(family.raw)")
      }
    }
    #expect(HolmCorrection.adjusted([]) == [])
  }
}
