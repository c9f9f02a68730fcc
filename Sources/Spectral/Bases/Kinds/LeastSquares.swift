internal import Parallel
internal import Tensors

/// The least-squares coefficients of images on atoms, by QR.
struct LeastSquares: Sendable {
  private let q: AtomMatrix<Double>
  /// Rᵀ: row j holds column j of R.
  private let columns: Tensor<Double>
  private let isDependent: [Bool]

  /// An atom of which less than this part is new is left out.
  private static let novelty = 1e-12

  /// Takes atoms `[M, H, W]`, at most as many as pixels.
  init(_ atoms: Tensor<Double>) {
    let (count, height, width) = (atoms.shape[0], atoms.shape[1], atoms.shape[2])
    guard count > 0 else {
      (q, columns, isDependent) = (AtomMatrix(atoms), .zeros([0, 0]), [])
      return
    }
    let factors = QRFactorization(atoms.reshaped([count, height * width]).transposed)
    q = AtomMatrix(factors.q.transposed.reshaped([count, height, width]))
    let columns = factors.r.transposed
    self.columns = columns
    isDependent = (0..<count).map { columns[$0, $0] <= Self.novelty * columns[rows: $0..<$0 + 1].norm }
  }

  /// The coefficients `[N, M]` of images `[N, H, W]`.
  func solve(_ images: Tensor<Double>) -> Tensor<Double> {
    var solutions = q.analyze(images)
    let (rows, count) = (images.shape[0], isDependent.count)
    solutions.withDisjointSlices { slices in
      parallelFor(rows) { row in substitute(slices[row * count..<(row + 1) * count]) }
    }
    return solutions
  }

  /// Solves R·c = y in place, from the last coefficient to the first.
  private func substitute(_ values: UnsafeMutableBufferPointer<Double>) {
    let count = values.count
    columns.withUnsafeBufferPointer { columns in
      for index in isDependent.indices.reversed() {
        values[index] = isDependent[index] ? 0 : values[index] / columns[index * count + index]
        let column = UnsafeBufferPointer(rebasing: columns[index * count..<index * count + index])
        Double.axpy(-values[index], column, UnsafeMutableBufferPointer(rebasing: values[..<index]))
      }
    }
  }
}
