import CKernels
import Foundation
import Tensors
import TestSupport
import Testing

/// The loss of rows of scores, and what its loop makes of them, beside the formula.
@Suite struct MultinomialSlopesTests {
  @Test(arguments: [2, 3, 10, 17], [1.0, 30, 2000])
  func agreesWithTheFormula(classes: Int, size: Double) {
    for rows in [1, 7, 8, 9, 16, 21] {
      let scores: Tensor<Double> = size * randomTensor([rows, classes], seed: 5)
      let labels = (0..<rows).map { ($0 * 7 + 1) % classes }
      for weights in [nil, (0..<rows).map { Double($0 % 3) }] {
        let (loss, slopes, curvatures) = evaluate(scores, labels, weights)
        let place: Comment = "\(rows) rows"
        var (expectedLoss, expectedSlopes) = (0.0, Tensor<Double>.zeros([rows, classes]))
        for row in 0..<rows {
          let weight = weights?[row] ?? 1
          let z = (0..<classes).map { scores[row, $0] }
          let largest = z.max()!
          let sum = z.reduce(0) { $0 + exp($1 - largest) }
          expectedLoss += weight * (log(sum) + largest - z[labels[row]])
          let p = z.map { exp($0 - largest) / sum }
          for (index, value) in p.enumerated() {
            expectedSlopes[row, index] = weight * (value - (index == labels[row] ? 1 : 0))
          }
          let spread = max(1e-9, 1 - p.reduce(0) { $0 + $1 * $1 }) / Double(classes - 1)
          #expect(abs(curvatures[row] - weight * spread) <= 1e-14 * weight, place)
        }
        #expect(abs(loss - expectedLoss) <= 1e-14 * max(1, expectedLoss), place)
        #expect((slopes - expectedSlopes).norm <= 1e-14 * (1 + expectedSlopes.norm), place)
      }
    }
  }

  /// Two classes, scores 0 and log 3: p = (¼, ¾), by hand.
  @Test func byHand() {
    let (loss, slopes, curvatures) = evaluate(Tensor([0, log(3.0)], shape: [1, 2]), [0], nil)
    #expect(abs(loss - log(4.0)) < 1e-15)
    #expect(relativeError(slopes, Tensor([-0.75, 0.75], shape: [1, 2])) < 1e-15)
    #expect(abs(curvatures[0] - 0.375) < 1e-15)
  }

  @Test func scoresThatAreNotFiniteAreNotLost() {
    #expect(!evaluate(Tensor([0, .nan], shape: [1, 2]), [0], nil).loss.isFinite)
    #expect(!evaluate(Tensor([0, .infinity], shape: [1, 2]), [0], nil).loss.isFinite)
  }

  private func evaluate(
    _ scores: Tensor<Double>, _ labels: [Int], _ weights: [Double]?
  ) -> (loss: Double, slopes: Tensor<Double>, curvatures: [Double]) {
    var slopes = scores
    var curvatures = [Double](repeating: 0, count: labels.count)
    let loss = slopes.withUnsafeMutableBufferPointer {
      kernel_multinomial_slopes_d(labels.count, scores.shape[1], $0.baseAddress!, labels, weights, &curvatures)
    }
    return (loss, slopes, curvatures)
  }
}
