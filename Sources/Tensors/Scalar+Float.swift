internal import CKernels
internal import COneDNN
import Numerics

extension Float: Scalar {
  /// NumPy's name of the precision.
  public static var name: String { "float32" }

  /// ε = 2⁻²³.
  public static var epsilon: Float { ulpOfOne }

  /// Computes y ← a·x + y.
  public static func axpy(_ a: Float, _ x: UnsafeBufferPointer<Float>, _ y: UnsafeMutableBufferPointer<Float>) {
    precondition(x.count == y.count, "expected \(y.count) elements, got \(x.count)")
    if let from = x.baseAddress, let to = y.baseAddress { kernel_axpy_f(x.count, a, from, to) }
  }

  /// The inner product Σ xᵢ·yᵢ.
  public static func dot(_ x: UnsafeBufferPointer<Float>, _ y: UnsafeBufferPointer<Float>) -> Float {
    precondition(x.count == y.count, "expected \(y.count) elements, got \(x.count)")
    guard let left = x.baseAddress, let right = y.baseAddress else { return 0 }
    return kernel_dot_f(x.count, left, right)
  }

  /// Computes C ← α·op(A)·op(B) + β·C with oneDNN.
  public static func matrixMultiply(
    _ size: (m: Int, n: Int, k: Int), alpha: Float, _ a: MatrixOperand<Float>, _ b: MatrixOperand<Float>, beta: Float,
    into c: MatrixResult<Float>
  ) {
    guard size.m > 0 && size.n > 0 else { return }
    guard size.k > 0 else { return scale(c, rows: size.m, columns: size.n, by: beta) }
    onednn_use_one_thread()
    let plain = CChar(UInt8(ascii: "N"))
    let transposed = CChar(UInt8(ascii: "T"))
    let status = dnnl_sgemm(
      a.isTransposed ? transposed : plain, b.isTransposed ? transposed : plain, dnnl_dim_t(size.m), dnnl_dim_t(size.n),
      dnnl_dim_t(size.k), alpha, a.base, dnnl_dim_t(a.rowStride), b.base, dnnl_dim_t(b.rowStride), beta, c.base,
      dnnl_dim_t(c.rowStride))
    precondition(status == dnnl_success, "dnnl_sgemm refused \(size) with status \(status.rawValue)")
  }

  /// Computes C ← β·C, which `dnnl_sgemm` leaves out where the sums are empty.
  private static func scale(_ c: MatrixResult<Float>, rows: Int, columns: Int, by beta: Float) {
    for row in 0..<rows {
      let elements = UnsafeMutableBufferPointer(start: c.base + row * c.rowStride, count: columns)
      for index in elements.indices { elements[index] = beta == 0 ? 0 : beta * elements[index] }
    }
  }
}
