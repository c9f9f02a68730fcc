import CKernels
import Tensors
import TestSupport
import Testing

@Suite struct ThinProductTests {
  @Test(arguments: [1, 2, 3, 4, 5, 7, 10, 13], [1, 7, 8, 33, 70])
  func agreesWithTheGeneralProduct(classes: Int, columns: Int) {
    for rows in [1, 4, 5, 19] {
      let x: Tensor<Double> = randomTensor([rows, columns], seed: 41)
      let w: Tensor<Double> = randomTensor([classes, columns], seed: 42)
      let p: Tensor<Double> = randomTensor([rows, classes], seed: 43)
      var scores = p
      var gradient = w
      let place: Comment = "\(rows)×\(columns), \(classes) classes"
      x.withUnsafeBufferPointer { x in
        w.withUnsafeBufferPointer { w in
          scores.withUnsafeMutableBufferPointer { z in
            kernel_thin_scores_d(rows, columns, classes, x.baseAddress!, w.baseAddress!, columns, z.baseAddress!)
          }
        }
        p.withUnsafeBufferPointer { p in
          gradient.withUnsafeMutableBufferPointer { g in
            kernel_thin_gradient_d(rows, columns, classes, x.baseAddress!, p.baseAddress!, g.baseAddress!, columns)
          }
        }
      }
      #expect(relativeError(scores, p + x.matrixProduct(w, transposingOther: true)) < 1e-14, place)
      #expect(relativeError(gradient, w + p.matrixProduct(x, transposingSelf: true)) < 1e-14, place)
    }
  }
}
