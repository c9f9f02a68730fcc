internal import CKernels
internal import CLAPACK
import Numerics

extension Double: Scalar {
  /// NumPy's name of the precision.
  public static var name: String { "float64" }

  /// ε = 2⁻⁵².
  public static var epsilon: Double { ulpOfOne }

  /// Computes y ← a·x + y.
  public static func axpy(_ a: Double, _ x: UnsafeBufferPointer<Double>, _ y: UnsafeMutableBufferPointer<Double>) {
    precondition(x.count == y.count, "expected \(y.count) elements, got \(x.count)")
    if let from = x.baseAddress, let to = y.baseAddress { kernel_axpy_d(x.count, a, from, to) }
  }

  /// The inner product Σ xᵢ·yᵢ.
  public static func dot(_ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>) -> Double {
    precondition(x.count == y.count, "expected \(y.count) elements, got \(x.count)")
    guard let left = x.baseAddress, let right = y.baseAddress else { return 0 }
    return kernel_dot_d(x.count, left, right)
  }

  /// Computes C ← α·op(A)·op(B) + β·C with OpenBLAS.
  public static func matrixMultiply(
    _ size: (m: Int, n: Int, k: Int), alpha: Double, _ a: MatrixOperand<Double>, _ b: MatrixOperand<Double>,
    beta: Double, into c: MatrixResult<Double>
  ) {
    guard size.m > 0 && size.n > 0 else { return }
    openblas_use_one_thread()
    cblas_dgemm(
      CblasRowMajor, a.isTransposed ? CblasTrans : CblasNoTrans, b.isTransposed ? CblasTrans : CblasNoTrans,
      blasint(size.m), blasint(size.n), blasint(size.k), alpha, a.base, blasint(a.rowStride), b.base,
      blasint(b.rowStride), beta, c.base, blasint(c.rowStride))
  }
}
