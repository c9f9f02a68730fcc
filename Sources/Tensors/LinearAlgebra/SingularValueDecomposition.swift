internal import CLAPACK

/// The thin singular value decomposition A = U·diag(σ)·Vᵀ (divide and conquer, LAPACK `dgesdd`).
public struct SingularValueDecomposition: Sendable {
  /// U, `[M, R]`, with orthonormal columns; R is the smaller of M and N.
  public let u: Tensor<Double>
  /// σ, in descending order.
  public let singularValues: [Double]
  /// Vᵀ, `[R, N]`, with orthonormal rows.
  public let vTransposed: Tensor<Double>

  /// Decomposes a matrix, or returns `nil` where an element is not finite or the iteration does not converge.
  ///
  /// - Parameter matrix: A, `[M, N]` with M, N ≥ 1.
  public init?(_ matrix: Tensor<Double>) {
    precondition(
      matrix.rank == 2 && matrix.count > 0, "expected a matrix with rows and columns, got shape \(matrix.shape)")
    guard matrix.maximumMagnitude.isFinite else { return nil }
    openblas_use_one_thread()
    let (rows, columns) = (matrix.shape[0], matrix.shape[1])
    let rank = min(rows, columns)
    // LAPACK reads row-major A as Aᵀ, so that its U is V, its Vᵀ is Uᵀ, and both come out as they are wanted here.
    var (m, n, r, info) = (Int32(columns), Int32(rows), Int32(rank), Int32(0))
    var (a, left, right) = (matrix, Tensor<Double>.zeros([rows, rank]), Tensor<Double>.zeros([rank, columns]))
    var values = [Double](repeating: 0, count: rank)
    var indices = [Int32](repeating: 0, count: 8 * rank)
    var (work, workCount) = ([0.0], Int32(-1))
    a.withUnsafeMutableBufferPointer { a in
      left.withUnsafeMutableBufferPointer { left in
        right.withUnsafeMutableBufferPointer { right in
          for _ in 0..<2 {
            dgesdd_(
              "S", &m, &n, a.baseAddress!, &m, &values, right.baseAddress!, &m, left.baseAddress!, &r, &work,
              &workCount, &indices, &info)
            guard workCount < 0 else { break }
            workCount = Int32(work[0])
            work = [Double](repeating: 0, count: Int(workCount))
          }
        }
      }
    }
    guard info == 0 else { return nil }
    (u, singularValues, vTransposed) = (left, values, right)
  }
}
