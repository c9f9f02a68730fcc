import Experiments
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct SelectionTests {
  private struct Fixture: Decodable {
    let features: [[Double]]
    let labels: [Int]
    let classCount: Int
    let fStatistic: [Double?]
    let information: [String: [Double]]
  }

  private let fixture: Fixture
  private let features: Tensor<Double>

  init() throws {
    fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: Places.fixture("selection.json")))
    features = Tensor(fixture.features.flatMap { $0 }, shape: [fixture.features.count, fixture.features[0].count])
  }

  @Test func fStatisticAgreesWithScikitLearn() throws {
    let scores = try FStatisticCriterion().scores(features, labels: fixture.labels, classCount: fixture.classCount)
    for (column, (score, expected)) in zip(scores, fixture.fStatistic).enumerated() {
      guard let expected else {
        #expect(score == .infinity, "column \(column)")
        continue
      }
      #expect(abs(score - expected) <= 1e-9 * expected, "column \(column): \(score), expected \(expected)")
    }
  }

  @Test(arguments: [2, 5, 16])
  func mutualInformationAgreesWithScikitLearn(bins: Int) throws {
    let scores = MutualInformationCriterion(binCount: bins)
      .scores(features, labels: fixture.labels, classCount: fixture.classCount)
    for (column, (score, expected)) in zip(scores, try #require(fixture.information["\(bins)"])).enumerated() {
      #expect(abs(score - expected) <= 1e-12, "column \(column): \(score), expected \(expected)")
    }
  }

  @Test(arguments: SelectionCatalog.names)
  func aRankingIsAPermutation(name: String) throws {
    let criterion = try SelectionCatalog.criterion(named: name)
    #expect(criterion.name == name)
    let ranking = try criterion.ranking(features, labels: fixture.labels, classCount: fixture.classCount)
    #expect(ranking.sorted() == Array(0..<features.shape[1]))
    let scores = try criterion.scores(features, labels: fixture.labels, classCount: fixture.classCount)
    #expect(zip(ranking, ranking.dropFirst()).allSatisfy { scores[$0] >= scores[$1] })
  }

  /// Worked by hand: energies 0 + 4 + 4, 3·1, 3·1, 9.
  @Test func energyPutsEqualFeaturesInTheirOrder() throws {
    let small = Tensor<Double>([0, 1, -1, 3, 2, -1, 1, 0, -2, 1, 1, 0], shape: [3, 4])
    let labels = [0, 1, 0]
    #expect(EnergyCriterion().scores(small, labels: labels, classCount: 2) == [8, 3, 3, 9])
    #expect(try EnergyCriterion().ranking(small, labels: labels, classCount: 2) == [3, 0, 1, 2])
    #expect(try OrderCriterion().ranking(small, labels: labels, classCount: 2) == [0, 1, 2, 3])
  }

  /// By the conditions of optimality the first feature is the one whose product with a class' residual is the largest,
  /// and a second feature that says the same as the first has nothing left to say.
  @Test func anL1PathTakesWhatAddsSomething() throws {
    var rows = randomTensor([300, 4], seed: 5, as: Double.self)
    let labels = (0..<300).map { $0 * 11 % 3 }
    for row in 0..<300 {
      rows[row, 1] += labels[row] == 2 ? 2 : 0
      rows[row, 2] = rows[row, 1] + 0.01 * rows[row, 2]
      rows[row, 3] += labels[row] == 1 ? 0.7 : 0
    }
    let ranking = try L1PathCriterion().ranking(rows, labels: labels, classCount: 5)
    let products = (0..<4).map { column in
      let values = (0..<300).map { rows[$0, column] }
      let mean = values.reduce(0, +) / 300
      let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 300).squareRoot()
      let products = (0..<3).map { label -> Double in
        zip(values, labels).reduce(0) { sum, pair in
          let residual = pair.1 == label ? 2.0 / 3 : -1.0 / 3
          return sum + (pair.0 - mean) / deviation * residual
        }
      }
      return products.map(abs).max() ?? 0
    }
    #expect(ranking[0] == products.indices.max { products[$0] < products[$1] } && ranking[1] == 3)
    let byF = try FStatisticCriterion().ranking(rows, labels: labels, classCount: 5)
    #expect(Set(byF.prefix(2)) == [1, 2])
  }

  @Test func constantFeaturesComeLast() throws {
    let columns = Tensor<Double>([0.1, 1, 0.1, 2, 0.1, 1, 0.1, 5], shape: [4, 2])
    for criterion in [FStatisticCriterion() as any SelectionCriterion, MutualInformationCriterion(), L1PathCriterion()]
    {
      #expect(try criterion.scores(columns, labels: [0, 0, 1, 1], classCount: 2)[0] == 0)
      #expect(try criterion.ranking(columns, labels: [0, 0, 1, 1], classCount: 2) == [1, 0])
    }
  }

  @Test func whatAnAnalysisOfVarianceNeedsIsSaid() {
    let rows = Tensor<Double>([1, 2, 3], shape: [3, 1])
    #expect(throws: InputError.self) { try FStatisticCriterion().scores(rows, labels: [1, 1, 1], classCount: 2) }
    #expect(throws: InputError.self) { try FStatisticCriterion().scores(rows, labels: [0, 1, 2], classCount: 3) }
    #expect(throws: InputError.self) { try SelectionCatalog.criterion(named: "enregy") }
  }
}
