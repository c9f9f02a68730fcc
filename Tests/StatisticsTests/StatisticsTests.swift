import Foundation
import Statistics
import Tensors
import TestSupport
import Testing

@Suite struct StatisticsTests {
  private struct Fixture: Decodable {
    struct Worked: Decodable {
      let mean, standardDeviation, standardError, lower, upper, p, detectable: Double
    }
    let quantiles, cumulative, normalQuantiles, normalCumulative, wilson: [[Double]]
    let values: [Double]
    let trainCount, testCount: Int
    let splits, folds: Worked
  }

  private let fixture: Fixture

  init() throws {
    fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: Places.fixture("statistics.json")))
  }

  @Test func studentAgreesWithSciPy() {
    for row in fixture.quantiles where row[1] != 0.5 {
      expectClose(
        StudentDistribution(degreesOfFreedom: row[0]).quantile(row[1]), row[2], "quantile of \(row[1]), ν = \(row[0])")
    }
    for row in fixture.cumulative {
      expectClose(
        StudentDistribution(degreesOfFreedom: row[0]).cumulative(row[1]), row[2], "t = \(row[1]), ν = \(row[0])")
    }
    #expect(StudentDistribution(degreesOfFreedom: 3).quantile(0.5) == 0)
    #expect(StudentDistribution(degreesOfFreedom: 3).cumulative(-.infinity) == 0)
  }

  @Test func normalAgreesWithSciPy() {
    for row in fixture.normalQuantiles where row[0] != 0.5 {
      expectClose(NormalDistribution.quantile(row[0]), row[1], "quantile of \(row[0])")
    }
    for row in fixture.normalCumulative { expectClose(NormalDistribution.cumulative(row[0]), row[1], "z = \(row[0])") }
  }

  @Test func wilsonIntervalsAgreeWithSciPy() {
    for row in fixture.wilson {
      let interval = ProportionInterval.wilson(successes: Int(row[0]), of: Int(row[1]), confidence: row[2])
      #expect(abs(interval.lower - row[3]) < 1e-12 && abs(interval.upper - row[4]) < 1e-12, "\(row): \(interval)")
    }
  }

  @Test func correctedResampledTAgreesWithTheWorkedExample() {
    let splits = CorrectedResampledT(
      fixture.values, trainCount: fixture.trainCount, testCount: fixture.testCount)
    for (result, worked) in [(splits, fixture.splits), (CorrectedResampledT(fixture.values, folds: 3), fixture.folds)] {
      expectClose(result.mean, worked.mean, "mean")
      expectClose(result.moments.standardDeviation, worked.standardDeviation, "standard deviation")
      expectClose(result.standardError, worked.standardError, "standard error")
      expectClose(result.interval().lower, worked.lower, "lower end")
      expectClose(result.interval().upper, worked.upper, "upper end")
      expectClose(result.pValue, worked.p, "p")
      expectClose(result.smallestDetectableDifference(), worked.detectable, "detectable difference")
    }
  }

  @Test func valuesWithoutSpreadGiveAPoint() {
    let same = CorrectedResampledT([0.25, 0.25, 0.25], trainCount: 10, testCount: 5)
    #expect(same.pValue == 0)
    #expect(same.interval().lower == 0.25 && same.interval().halfWidth == 0)
    #expect(CorrectedResampledT([0, 0], trainCount: 10, testCount: 5).pValue == 1)
  }

  @Test func momentsByHand() {
    #expect(Moments([2, 4, 4, 4, 5, 5, 7, 9]).mean == 5)
    #expect(Moments([2, 4, 4, 4, 5, 5, 7, 9]).standardDeviation == (32.0 / 7).squareRoot())
    #expect(Moments([3]).standardDeviation == 0)
  }

  /// For scores aᵣ + bₜ the variance of the pigeonhole bootstrap is known: Var(a)/R + Var(b)/T with divisors R and T.
  @Test func bootstrapVarianceOfAnAdditiveTable() {
    let (repeats, images, seed) = (6, 80, 3 as UInt64)
    var stream = RandomStream(seed: seed)
    let a = (0..<repeats).map { _ in 0.1 * stream.normal() }
    let b = (0..<images).map { _ in 0.5 * stream.normal() }
    let scores = Tensor(a.flatMap { row in b.map { row + $0 } }, shape: [repeats, images])
    let bootstrap = TwoWayBootstrap(scores, count: 4000, from: RandomStream(seed: seed))
    func variance(_ values: [Double]) -> Double {
      let n = Double(values.count)
      return Moments(values).standardDeviation * Moments(values).standardDeviation * (n - 1) / n
    }
    let expected = variance(a) / Double(repeats) + variance(b) / Double(images)
    #expect(abs(variance(bootstrap.replicates) / expected - 1) < 0.1, "seed \(seed)")
    #expect(abs(bootstrap.interval().halfWidth / (1.96 * expected.squareRoot()) - 1) < 0.1, "seed \(seed)")
    let z = abs(bootstrap.mean) / variance(bootstrap.replicates).squareRoot()
    #expect(abs(NormalDistribution.quantile(1 - bootstrap.pValue / 2) / z - 1) < 0.01)
    #expect(TwoWayBootstrap(scores.map { _ in 0 }, from: stream).pValue == 1)
    #expect(abs(bootstrap.mean - scores.sum / Double(scores.count)) < 1e-15)
    #expect(TwoWayBootstrap(scores, count: 50, from: stream).replicates != bootstrap.replicates)
    #expect(
      TwoWayBootstrap(scores, count: 4000, from: RandomStream(seed: seed)).replicates == bootstrap.replicates)
  }

  /// Replicates of equal index draw the same repeats and images: a difference of two means is the mean of differences.
  @Test func bootstrapsAreCombinedDrawByDraw() {
    var stream = RandomStream(seed: 5)
    let matrices = (0..<2).map { _ in Tensor((0..<4 * 30).map { _ in stream.uniform() }, shape: [4, 30]) }
    let groups = (0..<30).map { $0 / 3 }
    let parts = matrices.map { TwoWayBootstrap($0, groups: groups, count: 200, from: RandomStream(seed: 6)) }
    let combined = TwoWayBootstrap(combining: parts) { $0[0] - $0[1] }
    let direct = TwoWayBootstrap(matrices[0] - matrices[1], groups: groups, count: 200, from: RandomStream(seed: 6))
    #expect(abs(combined.mean - direct.mean) < 1e-14)
    #expect(zip(combined.draws, direct.draws).allSatisfy { abs($0 - $1) < 1e-14 })
    let roots = TwoWayBootstrap(combining: [parts[0]]) { $0[0].squareRoot() }
    #expect(roots.replicates == parts[0].replicates.map { $0.squareRoot() })
  }

  /// Images that come in identical pairs carry the information of one each: drawing pairs widens the interval by √2.
  @Test func bootstrapDrawsWholeGroups() {
    var stream = RandomStream(seed: 9)
    let half = (0..<100).map { _ in stream.uniform() < 0.7 ? 1.0 : 0 }
    let scores = Tensor(half + half, shape: [1, 200])
    let groups = (0..<200).map { $0 % 100 * 7 }
    let single = TwoWayBootstrap(scores, from: RandomStream(seed: 1)).interval().halfWidth
    let grouped = TwoWayBootstrap(scores, groups: groups, from: RandomStream(seed: 1)).interval().halfWidth
    #expect(abs(grouped / single - 2.0.squareRoot()) < 0.15)
  }
}
