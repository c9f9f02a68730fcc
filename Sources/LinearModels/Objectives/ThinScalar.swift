internal import CKernels
import Tensors

/// A precision that has products of tall matrices with matrices of few rows.
protocol ThinScalar: Scalar {
  /// Adds X·Wᵀ to scores z `[rows, classes]`; x is `[rows, columns]`, w `[classes, columns]` with rows `stride` apart.
  static func addScores(
    _ rows: Int, _ columns: Int, _ classes: Int, x: UnsafePointer<Self>, w: UnsafePointer<Self>, stride: Int,
    to z: UnsafeMutablePointer<Self>)

  /// Adds Pᵀ·X to a gradient g `[classes, columns]` with rows `stride` apart; x is `[rows, columns]`, p `[rows, classes]`.
  static func addGradient(
    _ rows: Int, _ columns: Int, _ classes: Int, x: UnsafePointer<Self>, p: UnsafePointer<Self>,
    to g: UnsafeMutablePointer<Self>, stride: Int)
}

extension Float: ThinScalar {
  static func addScores(
    _ rows: Int, _ columns: Int, _ classes: Int, x: UnsafePointer<Float>, w: UnsafePointer<Float>, stride: Int,
    to z: UnsafeMutablePointer<Float>
  ) {
    kernel_thin_scores_f(rows, columns, classes, x, w, stride, z)
  }

  static func addGradient(
    _ rows: Int, _ columns: Int, _ classes: Int, x: UnsafePointer<Float>, p: UnsafePointer<Float>,
    to g: UnsafeMutablePointer<Float>, stride: Int
  ) {
    kernel_thin_gradient_f(rows, columns, classes, x, p, g, stride)
  }
}

extension Double: ThinScalar {
  static func addScores(
    _ rows: Int, _ columns: Int, _ classes: Int, x: UnsafePointer<Double>, w: UnsafePointer<Double>, stride: Int,
    to z: UnsafeMutablePointer<Double>
  ) {
    kernel_thin_scores_d(rows, columns, classes, x, w, stride, z)
  }

  static func addGradient(
    _ rows: Int, _ columns: Int, _ classes: Int, x: UnsafePointer<Double>, p: UnsafePointer<Double>,
    to g: UnsafeMutablePointer<Double>, stride: Int
  ) {
    kernel_thin_gradient_d(rows, columns, classes, x, p, g, stride)
  }
}
