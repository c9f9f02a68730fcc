internal import Tensors

/// The planes of a source, extended beyond their borders: rows and columns may be any integers.
struct ExtendedPlanes<S: SpectralScalar>: Sendable {
  let source: any ImageSource<S>
  let height: Int
  let width: Int
  let boundary: Boundary

  /// Reads a part of one extended plane.
  ///
  /// - Parameters:
  ///   - region: The part.
  ///   - target: Receives the samples.
  ///   - rowStride: How many numbers apart the rows lie in `target`.
  /// - Throws: What the source throws.
  func read(_ region: ImageRegion, into target: UnsafeMutablePointer<S>, rowStride: Int) throws {
    let columnRuns = AxisRun.runs(of: region.columns, in: width, boundary)
    for rowRun in AxisRun.runs(of: region.rows, in: height, boundary) {
      let start = target + (rowRun.indices.lowerBound - region.rows.lowerBound) * rowStride
      for columnRun in columnRuns {
        let patch = Patch(
          start: start + columnRun.indices.lowerBound - region.columns.lowerBound, rows: rowRun, columns: columnRun,
          rowStride: rowStride)
        try patch.fill(from: source, plane: region.plane)
      }
    }
  }
}

/// Where a run of rows meets a run of columns.
private struct Patch<S: SpectralScalar> {
  let start: UnsafeMutablePointer<S>
  let rows: AxisRun
  let columns: AxisRun
  let rowStride: Int

  func fill(from source: any ImageSource<S>, plane: Int) throws {
    guard let sampleRows = rows.samples, let sampleColumns = columns.samples else {
      for row in 0..<rows.indices.count { (start + row * rowStride).clear(count: columns.indices.count) }
      return
    }
    var span = MutableSpan(
      _unsafeStart: start, count: (rows.indices.count - 1) * rowStride + columns.indices.count)
    try source.read(
      ImageRegion(plane: plane, rows: sampleRows, columns: sampleColumns), into: &span, rowStride: rowStride)
    for row in 0..<sampleRows.count { arrangeColumns(of: start + row * rowStride, read: sampleColumns.count) }
    arrangeRows(read: sampleRows.count)
  }

  private func arrangeColumns(of row: UnsafeMutablePointer<S>, read count: Int) {
    var samples = UnsafeMutableBufferPointer(start: row, count: columns.indices.count)
    if columns.isReversed { samples.reverse() }
    for column in count..<max(count, samples.count) { samples[column] = samples[0] }
  }

  private func arrangeRows(read count: Int) {
    if rows.isReversed {
      for row in 0..<count / 2 { swapRows(row, count - 1 - row) }
    }
    for row in count..<max(count, rows.indices.count) {
      (start + row * rowStride).update(from: start, count: columns.indices.count)
    }
  }

  private func swapRows(_ first: Int, _ second: Int) {
    let (a, b) = (start + first * rowStride, start + second * rowStride)
    for column in 0..<columns.indices.count { (a[column], b[column]) = (b[column], a[column]) }
  }
}
