internal import CLAPACK

/// The thin QR factorization A = Q·R of a matrix with at least as many rows as columns (Householder, LAPACK `dgeqrf`).
///
/// The diagonal of R is made non-negative, which makes the factorization of a full-rank matrix unique.
public struct QRFactorization: Sendable {
  /// Q, `[M, N]`, with orthonormal columns.
  public let q: Tensor<Double>
  /// R, `[N, N]`, upper triangular.
  public let r: Tensor<Double>

  /// Factorizes a matrix.
  ///
  /// - Parameter matrix: A, `[M, N]` with M ≥ N ≥ 1.
  public init(_ matrix: Tensor<Double>) {
    precondition(
      matrix.rank == 2 && matrix.shape[0] >= matrix.shape[1] && matrix.shape[1] >= 1,
      "expected a matrix with at least as many rows as columns, got shape \(matrix.shape)")
    openblas_use_one_thread()
    var (m, n) = (Int32(matrix.shape[0]), Int32(matrix.shape[1]))
    let columns = matrix.shape[1]
    var factors = matrix.transposed
    var reflectorScales = [Double](repeating: 0, count: columns)
    var workCount = Int32(64 * columns)
    var work = [Double](repeating: 0, count: Int(workCount))
    var info: Int32 = 0
    factors.withUnsafeMutableBufferPointer { a in
      dgeqrf_(&m, &n, a.baseAddress!, &m, &reflectorScales, &work, &workCount, &info)
    }
    precondition(info == 0, "dgeqrf failed with \(info)")
    let rows = matrix.shape[0]
    var upper = Tensor<Double>.zeros([columns, columns])
    var signs = [Double](repeating: 1, count: columns)
    for row in 0..<columns {
      if factors[row, row] < 0 { signs[row] = -1 }
      for column in row..<columns { upper[row, column] = signs[row] * factors[column, row] }
    }
    factors.withUnsafeMutableBufferPointer { a in
      dorgqr_(&m, &n, &n, a.baseAddress!, &m, reflectorScales, &work, &workCount, &info)
      for column in 0..<columns where signs[column] < 0 {
        for row in 0..<rows { a[column * rows + row].negate() }
      }
    }
    precondition(info == 0, "dorgqr failed with \(info)")
    q = factors.transposed
    r = upper
  }
}
