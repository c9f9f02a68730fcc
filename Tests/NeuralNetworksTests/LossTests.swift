import Formats
import Foundation
import NeuralNetworks
import Tensors
import TestSupport
import Testing

/// Losses and schedules beside what PyTorch computes in float64; see Fixtures/README.md.
@Suite struct LossTests {
  private static let (rows, classes) = (7, 5)
  private static let weights = [0.5, 1, 2, 0.25, 3]
  private static let labelLosses: [String: any Loss] = [
    "cross entropy": SoftmaxCrossEntropy(), "smoothed": SoftmaxCrossEntropy(labelSmoothing: 0.1),
    "weighted": SoftmaxCrossEntropy(classWeights: weights),
    "weighted and smoothed": SoftmaxCrossEntropy(labelSmoothing: 0.2, classWeights: weights),
  ]
  private static let valueLosses: [String: any Loss] = [
    "binary": BinaryCrossEntropy(), "squared": MeanSquaredError(), "absolute": MeanAbsoluteError(),
    "huber": HuberLoss(delta: 0.7), "dice": DiceLoss(), "poisson": PoissonLoss(),
  ]

  private let archive: NPZArchive
  private let logits: [Double]

  init() throws {
    archive = try NPZ.read(Places.fixture("losses.npz"))
    logits = (0..<Self.rows * Self.classes).map { 3 * sin(0.9 * Double($0) + 0.3) }
  }

  private func targets(_ name: String) -> [Double] {
    (0..<Self.rows * Self.classes).map { index in
      if Self.labelLosses[name] != nil {
        return index / Self.classes * 2 % Self.classes == index % Self.classes ? 1 : 0
      }
      let value = cos(0.7 * Double(index))
      return ["binary", "dice", "poisson"].contains(name) ? (value > 0 ? 1 : 0) : value
    }
  }

  /// The loss of a batch cut into two parts, and its gradient.
  private func evaluate<S: NetworkScalar>(_ loss: any Loss, _ name: String) -> (loss: Double, gradient: Tensor<S>) {
    let (outputs, targets) = (logits.map { S($0) }, targets(name).map { S($0) })
    let weight = loss.weight(of: targets.span, count: Self.rows)
    var gradient = [S](repeating: .nan, count: outputs.count)
    var sum = 0.0
    for rows in [0..<3, 3..<Self.rows] {
      let range = rows.lowerBound * Self.classes..<rows.upperBound * Self.classes
      gradient.withUnsafeMutableBufferPointer {
        var part = UnsafeMutableBufferPointer(rebasing: $0[range]).mutableSpan
        sum += loss.evaluate(
          outputs.span.extracting(range), targets: targets.span.extracting(range), count: rows.count,
          scale: S(1 / weight), gradient: &part)
      }
    }
    return (sum / weight, Tensor(gradient, shape: [Self.rows, Self.classes]))
  }

  @Test(arguments: Array(labelLosses) + Array(valueLosses)) func agreesWithPyTorch(
    _ name: String, _ loss: any Loss
  ) throws {
    let value = try archive["\(name)/loss"].tensor(as: Double.self).elements[0]
    let exact: (loss: Double, gradient: Tensor<Double>) = evaluate(loss, name)
    #expect(abs(exact.loss - value) < 1e-13)
    #expect(try relativeError(exact.gradient, archive["\(name)/gradient"].tensor()) < 1e-13)
    let single: (loss: Double, gradient: Tensor<Float>) = evaluate(loss, name)
    #expect(abs(single.loss - value) < 1e-5)
    #expect(try relativeError(single.gradient, archive["\(name)/gradient"].tensor()) < 1e-5)
  }

  @Test func losesNothingFarOut() {
    var gradient = [Double](repeating: .nan, count: 4)
    var target = gradient.mutableSpan
    let sum = BinaryCrossEntropy().evaluate(
      [800, -800, 800, -800].span, targets: [1, 0, 0, 1].span, count: 4, scale: 1, gradient: &target)
    #expect(sum == 1600 && gradient == [0, 0, 1, -1])
  }

  @Test func schedulesAgreeWithPyTorch() throws {
    func check(_ name: String, _ factors: [Double]) throws {
      let expected: Tensor<Double> = try archive[name].tensor()
      #expect(relativeError(Tensor(factors), expected) < 1e-12, "\(name)")
    }
    try check("step", (0..<10).map { LearningRateSchedule.step(every: 3, factor: 0.5).factor(epoch: $0, of: 10) })
    try check("cosine", (0..<12).map { LearningRateSchedule.cosine(last: 0.1).factor(epoch: $0, of: 12) })
    let losses: Tensor<Double> = try archive["validation"].tensor()
    var plateau = PlateauReduction(factor: 0.5, patience: 2, threshold: 1e-3)
    try check(
      "plateau",
      losses.elements.map { loss in
        defer { plateau.observe(loss) }
        return plateau.scale
      })
    let warm = (0..<4).map { LearningRateSchedule.cosine(warmUp: 3).factor(epoch: $0, of: 10) }
    #expect(warm == [0.25, 0.5, 0.75, 1])
  }

  @Test func stopsEarlyAndKeepsTheBest() {
    var stopping = EarlyStopping(patience: 2)
    let isBest = [3.0, 2, 2.5, 2, 4].enumerated().map { epoch, loss in
      #expect(!stopping.isOver)
      return stopping.observe(loss, epoch: epoch + 1)
    }
    #expect(isBest == [true, true, false, false, false] && stopping.isOver && stopping.bestEpoch == 2)
  }
}
