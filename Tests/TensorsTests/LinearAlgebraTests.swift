import Tensors
import TestSupport
import Testing

@Suite struct LinearAlgebraTests {
  @Test(arguments: [(1, 1), (5, 3), (16, 16), (256, 40)])
  func qrReconstructsWithOrthonormalColumns(rows: Int, columns: Int) {
    let matrix: Tensor<Double> = randomTensor([rows, columns], seed: 3)
    let factorization = QRFactorization(matrix)
    #expect(relativeError(factorization.q.matrixProduct(factorization.r), matrix) < 1e-13)
    let gram = factorization.q.matrixProduct(factorization.q, transposingSelf: true)
    for i in 0..<columns {
      #expect(factorization.r[i, i] >= 0)
      for j in 0..<columns { #expect(abs(gram[i, j] - (i == j ? 1 : 0)) < 1e-13) }
      for j in 0..<i { #expect(factorization.r[i, j] == 0) }
    }
  }

  @Test func choleskySolves() throws {
    let root: Tensor<Double> = randomTensor([12, 7], seed: 4)
    let matrix = root.matrixProduct(root, transposingSelf: true)
    let solution: Tensor<Double> = randomTensor([3, 7], seed: 5)
    var rightHandSides = solution.matrixProduct(matrix)
    try #require(CholeskyFactorization(matrix)).solve(&rightHandSides)
    #expect(relativeError(rightHandSides, solution) < 1e-10)
    #expect(CholeskyFactorization(Tensor([1, 2, 2, 1], shape: [2, 2])) == nil)
  }
}
