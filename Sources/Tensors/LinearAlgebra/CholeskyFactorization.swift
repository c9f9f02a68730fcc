internal import CLAPACK

/// The Cholesky factorization A = L·Lᵀ of a symmetric positive definite matrix (LAPACK `dpotrf`).
public struct CholeskyFactorization: Sendable {
  private let factor: Tensor<Double>

  /// Factorizes a matrix, or returns `nil` when it is not positive definite to working precision.
  ///
  /// - Parameter matrix: A, `[N, N]`; only its lower triangle is read.
  public init?(_ matrix: Tensor<Double>) {
    precondition(
      matrix.rank == 2 && matrix.shape[0] == matrix.shape[1], "expected a square matrix, got shape \(matrix.shape)")
    openblas_use_one_thread()
    var n = Int32(matrix.shape[0])
    var info: Int32 = 0
    var copy = matrix
    copy.withUnsafeMutableBufferPointer { dpotrf_("U", &n, $0.baseAddress!, &n, &info) }
    guard info == 0 else { return nil }
    factor = copy
  }

  /// Solves A·X = B in place for right-hand sides that lie one after the other.
  ///
  /// - Parameter rightHandSides: Bᵀ, `[K, N]`: each row is one right-hand side, and becomes its solution.
  public func solve(_ rightHandSides: inout Tensor<Double>) {
    precondition(
      rightHandSides.rank == 2 && rightHandSides.shape[1] == factor.shape[0],
      "expected right-hand sides of \(factor.shape[0]) elements, got shape \(rightHandSides.shape)")
    var (n, count) = (Int32(factor.shape[0]), Int32(rightHandSides.shape[0]))
    var info: Int32 = 0
    factor.withUnsafeBufferPointer { a in
      rightHandSides.withUnsafeMutableBufferPointer {
        dpotrs_("U", &n, &count, a.baseAddress!, &n, $0.baseAddress!, &n, &info)
      }
    }
  }
}
