import Foundation
import Statistics
import Tensors
import TestSupport
import Testing

@Suite struct ScoresTests {
  private struct Fixture: Decodable {
    let classCount: Int
    let labels: [Int]
    let probabilities, targets, estimates, topAccuracy, confusion: [Double]
    let counts, rates: [Double]
    let poissonDeviance: Double
    let accuracy, balancedAccuracy, logLoss, brier, binaryBrier, rootMeanSquaredError, determination: Double
    let calibrationErrors: [[Double]]
  }

  private let fixture: Fixture
  private let probabilities: Tensor<Double>

  init() throws {
    fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: Places.fixture("scores.json")))
    probabilities = Tensor(fixture.probabilities, shape: [fixture.labels.count, fixture.classCount])
  }

  @Test func scoresOfClassesAgreeWithScikitLearn() {
    let predictions = Scores.predictions(probabilities)
    expectClose(Scores.accuracy(predictions, fixture.labels), fixture.accuracy, "accuracy")
    expectClose(Scores.balancedAccuracy(predictions, fixture.labels), fixture.balancedAccuracy, "balanced accuracy")
    for (index, expected) in fixture.topAccuracy.enumerated() {
      expectClose(Scores.topAccuracy(index + 1, probabilities, fixture.labels), expected, "top \(index + 1)")
    }
    let confusion = Scores.confusion(predictions, fixture.labels, classCount: fixture.classCount)
    #expect(confusion.elements == fixture.confusion)
  }

  @Test func scoresOfProbabilitiesAgreeWithScikitLearn() {
    expectClose(Scores.logLoss(probabilities, fixture.labels), fixture.logLoss, "log loss")
    expectClose(Scores.brier(probabilities, fixture.labels), fixture.brier, "Brier score")
    let second = (0..<fixture.labels.count).map { row in
      (2..<fixture.classCount).reduce(0) { $0 + probabilities[row, $1] }
    }
    let binary = Tensor(second.flatMap { [1 - $0, $0] }, shape: [second.count, 2])
    expectClose(
      Scores.brier(binary, fixture.labels.map { $0 > 1 ? 1 : 0 }), 2 * fixture.binaryBrier, "binary Brier score")
    for row in fixture.calibrationErrors {
      expectClose(
        Scores.calibrationError(probabilities, fixture.labels, bins: Int(row[0])), row[1],
        "calibration error in \(row[0]) bins")
    }
  }

  @Test func scoresOfRegressionsAgreeWithScikitLearn() {
    expectClose(
      Scores.rootMeanSquaredError(fixture.estimates, fixture.targets), fixture.rootMeanSquaredError,
      "root mean squared error")
    expectClose(Scores.determination(fixture.estimates, fixture.targets), fixture.determination, "R²")
    expectClose(Scores.poissonDeviance(fixture.rates, fixture.counts), fixture.poissonDeviance, "mean Poisson deviance")
    #expect(Scores.determination([2, 2], [2, 2]) == 1 && Scores.determination([2, 3], [2, 2]) == 0)
  }

  @Test func scoresByHand() {
    #expect(Scores.accuracy([0, 1, 2, 2], [0, 1, 1, 2]) == 0.75)
    #expect(Scores.balancedAccuracy([0, 0, 0, 0], [0, 0, 0, 4]) == 0.5)
    let probabilities = Tensor([0.5, 0.5, 0.25, 0.75, 0, 1], shape: [3, 2])
    #expect(Scores.predictions(probabilities) == [0, 1, 1])
    #expect(Scores.topAccuracy(1, probabilities, [1, 1, 0]) == 1.0 / 3, "of equals the first is the more probable")
    let expected = (log(2.0) + log(4.0 / 3) + 52 * log(2.0)) / 3
    #expect(abs(Scores.logLoss(probabilities, [0, 1, 0]) - expected) < 1e-14)
    #expect(Scores.confusion([0, 1, 1], [0, 1, 0], classCount: 2) == Tensor([1, 1, 0, 1], shape: [2, 2]))
    #expect(Scores.brier(probabilities, [0, 1, 0]) == (0.5 + 0.125 + 2) / 3)
    #expect(Scores.calibrationError(Tensor([1, 0, 1, 0], shape: [2, 2]), [0, 1], bins: 10) == 0.5)
  }
}
