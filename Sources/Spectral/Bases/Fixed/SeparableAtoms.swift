internal import Tensors

/// Atoms that are products of a function of y and a function of x.
struct SeparableAtoms: Sendable {
  /// The functions of y as rows, `[…, H]`.
  let alongY: Tensor<Double>
  /// The functions of x as rows, `[…, W]`.
  let alongX: Tensor<Double>
  /// The rows whose product is each atom, in the order of the atoms.
  let pairs: [(y: Int, x: Int)]

  var height: Int { alongY.shape[1] }
  var width: Int { alongX.shape[1] }

  /// The first atoms, `[M, H, W]`.
  func atoms(count: Int) -> Tensor<Double> {
    Tensor(shape: [count, height, width]) { target in
      for (index, pair) in pairs.prefix(count).enumerated() {
        for y in 0..<height {
          let factor = alongY[pair.y, y]
          let start = (index * height + y) * width
          for x in 0..<width { target[start + x] = factor * alongX[pair.x, x] }
        }
      }
    }
  }

  /// The transform of all atoms, one axis after the other.
  var transform: FactoredTransform {
    FactoredTransform(
      alongY: [SparseMatrix(alongY)], alongX: [SparseMatrix(alongX)], height: height, width: width, pairs: pairs)
  }

  /// The same where all functions are even or odd about the middle of the axis, which halves the work.
  var symmetricTransform: FactoredTransform {
    FactoredTransform(
      alongY: SparseMatrix.folding(alongY) { height - 1 - $0 }, alongX: SparseMatrix.folding(alongX) { width - 1 - $0 },
      height: height, width: width, pairs: pairs)
  }

  /// Frequencies, or sequencies, u along y and v along x in the order of (u/H)² + (v/W)², the smaller u first where
  /// those are equal.
  static func byFrequency(height: Int, width: Int) -> [(y: Int, x: Int)] {
    let all = (0..<height).flatMap { y in (0..<width).map { (y: y, x: $0) } }
    func squaredLength(_ pair: (y: Int, x: Int)) -> Int {
      pair.y * pair.y * width * width + pair.x * pair.x * height * height
    }
    return all.map { (pair: $0, length: squaredLength($0)) }
      .sorted { $0.length != $1.length ? $0.length < $1.length : $0.pair.y < $1.pair.y }.map(\.pair)
  }
}
