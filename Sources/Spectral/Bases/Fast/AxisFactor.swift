/// A sparse matrix along one axis of a block of slots: a factor of a fast transform.
struct AxisFactor: Sendable {
  /// Where vectors along an axis lie: vector o starts at slot base + o·outerStride, its elements are `step` apart.
  struct Fibers: Sendable {
    let base: Int
    let outerStride: Int
    let step: Int
  }

  let matrix: SparseMatrix
  /// The vectors are `outerCount` times `run` many, of which `run` begin side by side.
  let outerCount: Int
  let run: Int
  let source: Fibers
  let target: Fibers

  /// Along y of a block of `height` rows and `width` columns.
  ///
  /// - Parameters:
  ///   - matrix: `[height, height]`.
  ///   - width: The columns.
  ///   - source: The first slot of the block, and the slots from row to row.
  ///   - target: The same of the result.
  /// - Returns: The factor.
  static func alongY(
    _ matrix: SparseMatrix, width: Int, from source: (base: Int, pitch: Int), to target: (base: Int, pitch: Int)
  ) -> AxisFactor {
    AxisFactor(
      matrix: matrix, outerCount: 1, run: width, source: Fibers(base: source.base, outerStride: 0, step: source.pitch),
      target: Fibers(base: target.base, outerStride: 0, step: target.pitch))
  }

  /// Along x of a block of `height` rows; see ``alongY(_:width:from:to:)``.
  static func alongX(
    _ matrix: SparseMatrix, height: Int, from source: (base: Int, pitch: Int), to target: (base: Int, pitch: Int)
  ) -> AxisFactor {
    AxisFactor(
      matrix: matrix, outerCount: height, run: 1,
      source: Fibers(base: source.base, outerStride: source.pitch, step: 1),
      target: Fibers(base: target.base, outerStride: target.pitch, step: 1))
  }

  /// What undoes the factor where its matrix is orthogonal.
  var transposed: AxisFactor {
    AxisFactor(matrix: matrix.transposed, outerCount: outerCount, run: run, source: target, target: source)
  }

  /// The multiply-adds for one image.
  var operations: Int { matrix.entryCount * outerCount * run }
}
