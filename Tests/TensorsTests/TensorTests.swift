import Tensors
import TestSupport
import Testing

@Suite struct TensorTests {
  @Test func copiesAreValues() {
    let original = Tensor<Float>([1, 2, 3, 4], shape: [2, 2])
    var copy = original
    copy[1, 0] = 9
    #expect(original.elements == [1, 2, 3, 4])
    #expect(copy.elements == [1, 2, 9, 4])
  }

  @Test func memoryIsAligned() {
    for count in [0, 1, 3, 17, 1000] {
      let tensor = Tensor<Float>.zeros([count])
      let address = tensor.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress!) }
      #expect(address % 64 == 0)
    }
  }

  @Test func reshapingInfersOneSize() {
    let tensor = Tensor<Double>((0..<12).map(Double.init))
    #expect(tensor.reshaped([3, -1]).shape == [3, 4])
    #expect(tensor.reshaped([2, 3, 2])[1, 2, 1] == 11)
  }

  @Test func reshapingRefusesNegativeSizes() async {
    await #expect(processExitsWith: .failure) { _ = Tensor<Double>([1, 2, 3, 4, 5, 6]).reshaped([-2, -3]) }
  }

  @Test func aProductOfEmptySumsScalesItsTarget() {
    checkEmptySums(as: Float.self)
    checkEmptySums(as: Double.self)
  }

  private func checkEmptySums<S: Scalar>(as type: S.Type) {
    for (beta, expected) in [(0, [0, 0, 7]), (2, [6, 6, 7])] as [(S, [S])] {
      var c: [S] = beta == 0 ? [.nan, .nan, 7] : [3, 3, 7]
      let empty: [S] = [1]
      empty.withUnsafeBufferPointer { empty in
        c.withUnsafeMutableBufferPointer {
          let operand = MatrixOperand(empty.baseAddress!, rowStride: 2)
          S.matrixMultiply(
            (1, 2, 0), alpha: 1, operand, operand, beta: beta, into: MatrixResult($0.baseAddress!, rowStride: 3))
        }
      }
      #expect(c == expected)
    }
  }

  @Test func rowsAreGatheredInOrder() {
    let tensor = Tensor<Double>((0..<6).map(Double.init), shape: [3, 2])
    #expect(tensor[rows: 1..<3].elements == [2, 3, 4, 5])
    #expect(tensor.gatheringRows([2, 0, 2]).elements == [4, 5, 0, 1, 4, 5])
  }

  @Test func arithmetic() {
    let a = Tensor<Double>([1, 2, 3]), b = Tensor<Double>([4, 5, 6])
    #expect((a + b).elements == [5, 7, 9])
    #expect((b - a).elements == [3, 3, 3])
    #expect((a * b).elements == [4, 10, 18])
    #expect((2 * a).elements == [2, 4, 6])
    #expect(a.dot(b) == 32)
    #expect(Tensor<Double>([3, 4]).norm == 5)
    #expect(abs(Tensor<Double>([3e200, 4e200]).norm / 5e200 - 1) < 1e-15)
    #expect(Tensor<Double>([1, .nan]).maximumMagnitude.isNaN)
  }

  @Test(arguments: [1, 2, 5, 16, 33], [1, 3, 8, 17])
  func matrixProductEqualsItsDefinition(m: Int, n: Int) {
    for k in [0, 1, 4, 31] {
      checkMatrixProduct(m, n, k, as: Float.self)
      checkMatrixProduct(m, n, k, as: Double.self)
    }
  }

  private func checkMatrixProduct<S: Scalar>(_ m: Int, _ n: Int, _ k: Int, as type: S.Type) {
    let a: Tensor<S> = randomTensor([m, k], seed: 1), b: Tensor<S> = randomTensor([k, n], seed: 2)
    var expected = Tensor<S>.zeros([m, n])
    for i in 0..<m { for j in 0..<n { for l in 0..<k { expected[i, j] += a[i, l] * b[l, j] } } }
    let bound = S(8 * k) * S.epsilon
    #expect(relativeError(a.matrixProduct(b), expected) <= bound)
    #expect(relativeError(a.transposed.matrixProduct(b, transposingSelf: true), expected) <= bound)
    #expect(relativeError(a.matrixProduct(b.transposed, transposingOther: true), expected) <= bound)
  }
}
