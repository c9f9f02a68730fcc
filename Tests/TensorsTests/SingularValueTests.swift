import Tensors
import TestSupport
import Testing

@Suite struct SingularValueTests {
  @Test(arguments: [(1, 1), (5, 3), (3, 5), (1, 7), (16, 16), (40, 97)])
  func reconstructsWithOrthonormalVectors(rows: Int, columns: Int) throws {
    let matrix: Tensor<Double> = randomTensor([rows, columns], seed: 6)
    let parts = try #require(SingularValueDecomposition(matrix))
    let rank = min(rows, columns)
    #expect(parts.u.shape == [rows, rank] && parts.vTransposed.shape == [rank, columns])
    let scaled = Tensor(
      (0..<rank * columns).map { parts.singularValues[$0 / columns] * parts.vTransposed.elements[$0] },
      shape: [rank, columns])
    #expect(relativeError(parts.u.matrixProduct(scaled), matrix) < 1e-13)
    #expect(parts.singularValues == parts.singularValues.sorted(by: >) && parts.singularValues[rank - 1] >= 0)
    let left = parts.u.matrixProduct(parts.u, transposingSelf: true)
    let right = parts.vTransposed.matrixProduct(parts.vTransposed, transposingOther: true)
    for i in 0..<rank {
      for j in 0..<rank {
        let expected: Double = i == j ? 1 : 0
        #expect(abs(left[i, j] - expected) < 1e-13 && abs(right[i, j] - expected) < 1e-13)
      }
    }
  }

  @Test func valuesWorkedOutByHand() throws {
    let parts = try #require(SingularValueDecomposition(Tensor([3, 0, 4, 5], shape: [2, 2])))
    #expect(abs(parts.singularValues[0] - 45.0.squareRoot()) < 1e-13)
    #expect(abs(parts.singularValues[1] - 5.0.squareRoot()) < 1e-13)
    let zero = try #require(SingularValueDecomposition(Tensor.zeros([3, 2])))
    #expect(zero.singularValues == [0, 0])
    #expect(SingularValueDecomposition(Tensor([1, .nan], shape: [1, 2])) == nil)
  }
}
