internal import CLAPACK

/// The eigendecomposition A = Vᵀ·diag(λ)·V of a symmetric matrix (divide and conquer, LAPACK `dsyevd`).
public struct SymmetricEigendecomposition: Sendable {
  /// λ, in ascending order.
  public let eigenvalues: [Double]
  /// V, `[N, N]`: row i is the eigenvector of eigenvalue i.
  public let eigenvectors: Tensor<Double>

  /// Decomposes a matrix, or returns `nil` where an element is not finite or the iteration does not converge.
  ///
  /// - Parameter matrix: A, `[N, N]` with N ≥ 1; only its lower triangle is read.
  public init?(_ matrix: Tensor<Double>) {
    precondition(
      matrix.rank == 2 && matrix.shape[0] == matrix.shape[1] && matrix.count > 0,
      "expected a square matrix, got shape \(matrix.shape)")
    guard matrix.maximumMagnitude.isFinite else { return nil }
    openblas_use_one_thread()
    var (n, info, workCount, indexCount) = (Int32(matrix.shape[0]), Int32(0), Int32(-1), Int32(-1))
    var values = [Double](repeating: 0, count: matrix.shape[0])
    var (work, indices) = ([0.0], [Int32(0)])
    var vectors = matrix
    vectors.withUnsafeMutableBufferPointer { a in
      for _ in 0..<2 {
        dsyevd_("V", "U", &n, a.baseAddress!, &n, &values, &work, &workCount, &indices, &indexCount, &info)
        guard workCount < 0 else { break }
        (workCount, indexCount) = (Int32(work[0]), indices[0])
        work = [Double](repeating: 0, count: Int(workCount))
        indices = [Int32](repeating: 0, count: Int(indexCount))
      }
    }
    guard info == 0 else { return nil }
    (eigenvalues, eigenvectors) = (values, vectors)
  }
}
