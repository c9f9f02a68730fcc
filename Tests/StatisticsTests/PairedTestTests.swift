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
    let mcnemar, binomial, chance: [[Double]]
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

  @Test func chanceAgreesWithSciPy() {
    for row in fixture.chance {
      let test = ChanceTest(right: Int(row[0]), of: Int(row[1]), chance: row[2])
      expectClose(test.pValue, row[3], "\(row[0]) of \(row[1]), p = \(row[2])")
    }
  }

  /// Two deals of which each has the chance ½.
  ///
  /// Deal 1: predicted shares ¾ and ¼, labels ½ each: chance ½. Deal 2: always the class that half the labels have.
  @Test func chanceIsThatOfThePredictions() {
    let test = ChanceTest(
      [(predictions: [0, 0, 0, 1], labels: [0, 1, 1, 0]), (predictions: [1, 1], labels: [1, 2])], classCount: 3)
    #expect(test == ChanceTest(right: 2, of: 6, chance: 0.5))
    expectClose(test.pValue, 1 - 7.0 / 64, "at least 2 of 6")
  }

  /// Values of `scipy.stats.pearsonr` and `scipy.stats.norm.sf`.
  @Test func correlationsOfDealsAreJudgedTogether() {
    let first = (predictions: [1.0, 2, 4, 3, 7, 5, 9, 8], numbers: [2.0, 1, 3, 5, 4, 8, 6, 9])
    let second = (predictions: [1.0, 5, 2, 8, 3], numbers: [4.0, 3, 5, 1, 2])
    expectClose(CorrelationTest([first]).correlation, 0.6953847806172733, "r")
    expectClose(CorrelationTest([first]).pValue, 0.03289768691091864, "one deal")
    expectClose(CorrelationTest([first, second]).pValue, 0.43140681391682645, "two deals")
    #expect(CorrelationTest([first, second]).images == 13)
    #expect(CorrelationTest([(predictions: [3, 3, 3], numbers: [1, 2, 4])]).pValue == 0.5)
  }

  /// Over all deals of five numbers r has mean 0 and variance ¼.
  @Test func correlationsHaveTheirVarianceOverAllDeals() {
    func deals(_ numbers: [Double]) -> [[Double]] {
      numbers.isEmpty
        ? [[]]
        : numbers.indices.flatMap { place in
          var rest = numbers
          let first = rest.remove(at: place)
          return deals(rest).map { [first] + $0 }
        }
    }
    let values = deals([4, 3, 5, 1, 9]).map {
      CorrelationTest([(predictions: [1, 5, 2, 8, 3], numbers: $0)]).correlation
    }
    #expect(values.count == 120 && abs(values.reduce(0, +)) < 1e-12)
    expectClose(values.reduce(0) { $0 + $1 * $1 } / 120, 0.25, "variance")
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
