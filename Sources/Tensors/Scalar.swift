public import Numerics

/// A precision to compute in: `Float` for networks and large convolutions, `Double` for solvers and oracles.
public protocol Scalar: Real, BinaryFloatingPoint, BitwiseCopyable, Sendable {
  /// NumPy's name of the precision, `"float32"` or `"float64"`.
  static var name: String { get }

  /// The distance from 1 to the next number, ε = 2⁻²³ or 2⁻⁵².
  static var epsilon: Self { get }

  /// Computes y ← a·x + y.
  ///
  /// - Parameters:
  ///   - a: The factor.
  ///   - x: As many elements as `y`.
  ///   - y: What is added to.
  static func axpy(_ a: Self, _ x: UnsafeBufferPointer<Self>, _ y: UnsafeMutableBufferPointer<Self>)

  /// The inner product Σ xᵢ·yᵢ, added in an order that depends on the length alone.
  static func dot(_ x: UnsafeBufferPointer<Self>, _ y: UnsafeBufferPointer<Self>) -> Self

  /// Computes C ← α·op(A)·op(B) + β·C on row-major matrices, on the calling thread.
  ///
  /// `Float` runs oneDNN's `dnnl_sgemm`, `Double` OpenBLAS's `cblas_dgemm`. With β = 0 the old content of C is not read.
  ///
  /// - Parameters:
  ///   - size: m rows and n columns of C; k is the length of the sums.
  ///   - alpha: The factor α.
  ///   - a: A, m×k, or k×m when its `isTransposed`.
  ///   - b: B, k×n, or n×k when its `isTransposed`.
  ///   - beta: The factor β.
  ///   - c: C, m×n.
  static func matrixMultiply(
    _ size: (m: Int, n: Int, k: Int), alpha: Self, _ a: MatrixOperand<Self>, _ b: MatrixOperand<Self>, beta: Self,
    into c: MatrixResult<Self>)
}

/// A row-major matrix in memory that a product reads.
public struct MatrixOperand<Element> {
  @usableFromInline let base: UnsafePointer<Element>
  @usableFromInline let rowStride: Int
  @usableFromInline let isTransposed: Bool

  /// Describes a matrix; the caller keeps the memory alive and large enough.
  ///
  /// - Parameters:
  ///   - base: The first element.
  ///   - rowStride: The distance between the starts of two rows as they lie in memory.
  ///   - isTransposed: Whether the product uses the transpose.
  @inlinable
  public init(_ base: UnsafePointer<Element>, rowStride: Int, isTransposed: Bool = false) {
    self.base = base
    self.rowStride = rowStride
    self.isTransposed = isTransposed
  }
}

/// A row-major matrix in memory that a product writes.
public struct MatrixResult<Element> {
  @usableFromInline let base: UnsafeMutablePointer<Element>
  @usableFromInline let rowStride: Int

  /// Describes a matrix; the caller keeps the memory alive and large enough.
  ///
  /// - Parameters:
  ///   - base: The first element.
  ///   - rowStride: The distance between the starts of two rows.
  @inlinable
  public init(_ base: UnsafeMutablePointer<Element>, rowStride: Int) {
    self.base = base
    self.rowStride = rowStride
  }
}
