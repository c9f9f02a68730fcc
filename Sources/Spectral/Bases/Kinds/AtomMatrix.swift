internal import Parallel
internal import Tensors

/// Images as the rows of a matrix, and the two products with it.
struct AtomMatrix<S: Scalar>: Sendable {
  private let rows: Tensor<S>
  private let (height, width): (Int, Int)

  /// The images that one product takes; fixed, so that results do not depend on the number of threads.
  private static var blockRows: Int { 256 }

  /// Takes atoms, or what stands for them, `[M, H, W]`.
  init(_ atoms: Tensor<Double>) {
    rows = atoms.reshaped([atoms.shape[0], atoms.shape[1] * atoms.shape[2]]).rounded(to: S.self)
    (height, width) = (atoms.shape[1], atoms.shape[2])
  }

  /// The inner products of images `[N, H, W]` with the atoms, `[N, M]`.
  func analyze(_ images: Tensor<S>) -> Tensor<S> {
    Self.product(images, rows, count: rows.shape[0], transposed: true)
  }

  /// The images Σⱼ cⱼ·φⱼ, `[N, H, W]`, of coefficients `[N, M]`.
  func synthesize(_ coefficients: Tensor<S>) -> Tensor<S> {
    Self.product(coefficients, rows, count: height * width, transposed: false)
      .reshaped([coefficients.shape[0], height, width])
  }

  private static func product(_ left: Tensor<S>, _ right: Tensor<S>, count: Int, transposed: Bool) -> Tensor<S> {
    let (n, inner) = (left.shape[0], left.rowStride)
    return Tensor(shape: [n, count]) { target in
      let slices = DisjointSlices(target)
      parallelFor((n + blockRows - 1) / blockRows) { block in
        let images = block * blockRows..<min(n, (block + 1) * blockRows)
        let output = slices[images.lowerBound * count..<images.upperBound * count]
        left.withUnsafeBufferPointer { a in
          right.withUnsafeBufferPointer { b in
            S.matrixMultiply(
              (images.count, count, inner), alpha: 1,
              MatrixOperand(a.baseAddress! + images.lowerBound * inner, rowStride: max(1, inner)),
              MatrixOperand(b.baseAddress!, rowStride: max(1, transposed ? inner : count), isTransposed: transposed),
              beta: 0,
              into: MatrixResult(output.baseAddress!, rowStride: max(1, count)))
          }
        }
      }
    }
  }
}
