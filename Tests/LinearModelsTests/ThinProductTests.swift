import CKernels
import LinearModels
import Tensors
import TestSupport
import Testing

@Suite struct ThinProductTests {
  @Test(arguments: [1, 2, 3, 4, 5, 7, 10, 13], [1, 7, 8, 16, 33, 70])
  func agreesWithTheGeneralProduct(classes: Int, columns: Int) {
    check(Float.self, kernel_thin_scores_f, kernel_thin_gradient_f, classes, columns)
    check(Double.self, kernel_thin_scores_d, kernel_thin_gradient_d, classes, columns)
  }

  private func check<S: Scalar>(
    _ precision: S.Type,
    _ addScores: (Int, Int, Int, UnsafePointer<S>, UnsafePointer<S>, Int, UnsafeMutablePointer<S>) -> Void,
    _ addGradient: (Int, Int, Int, UnsafePointer<S>, UnsafePointer<S>, UnsafeMutablePointer<S>, Int) -> Void,
    _ classes: Int, _ columns: Int
  ) {
    for rows in [1, 4, 5, 19] {
      let x: Tensor<S> = randomTensor([rows, columns], seed: 41)
      let w: Tensor<S> = randomTensor([classes, columns], seed: 42)
      let p: Tensor<S> = randomTensor([rows, classes], seed: 43)
      var scores = p
      var gradient = w
      let place: Comment = "\(rows)×\(columns), \(classes) classes"
      x.withUnsafeBufferPointer { x in
        w.withUnsafeBufferPointer { w in
          scores.withUnsafeMutableBufferPointer { z in
            addScores(rows, columns, classes, x.baseAddress!, w.baseAddress!, columns, z.baseAddress!)
          }
        }
        p.withUnsafeBufferPointer { p in
          gradient.withUnsafeMutableBufferPointer { g in
            addGradient(rows, columns, classes, x.baseAddress!, p.baseAddress!, g.baseAddress!, columns)
          }
        }
      }
      let bound = 20 * Double(S.epsilon)
      #expect(Double(relativeError(scores, p + x.matrixProduct(w, transposingOther: true))) < bound, place)
      #expect(Double(relativeError(gradient, w + p.matrixProduct(x, transposingSelf: true))) < bound, place)
    }
  }
}
