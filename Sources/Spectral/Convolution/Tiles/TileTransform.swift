internal import Tensors

/// The complex 2-D transform of a tile `[height, width]`, in passes between which products of spectra fit.
///
/// The rows are transformed eight at a time and stored as columns, so that the second pass, too, goes along contiguous
/// memory: a spectrum lies as `[width, pitch]`, pitch = height + 8. A tile of one row has one pass. There are only
/// forward transforms: with real and imaginary part exchanged before and after, one of them is the backward transform,
/// and ``TileLoops/multiplySwapped`` exchanges them in passing.
struct TileTransform<S: SpectralScalar>: Sendable {
  typealias Memory = UnsafeMutablePointer<S>

  let height: Int
  let width: Int

  private let rows: RowTransform<S>
  private let columns: RowTransform<S>?

  /// - Parameters:
  ///   - height: 1, or a multiple of 8.
  ///   - width: A multiple of 8.
  init(height: Int, width: Int) {
    self.height = height
    self.width = width
    rows = RowTransform(count: width, rows: height == 1 ? 1 : 8)
    columns = height == 1 ? nil : RowTransform(count: height, rows: 8)
  }

  /// The numbers of a spectrum.
  var count: Int { aligned(2 * width * (columns?.pitch ?? 1)) }

  /// The numbers of one of the two buffers that a pass goes through.
  var bufferCount: Int { aligned(2 * rows.rows * max(rows.pitch, columns?.pitch ?? 0)) }

  /// The numbers of a block of a spectrum.
  private var numbersOfBlock: Int { columns.map { 2 * 8 * $0.pitch } ?? 2 * width }

  /// The blocks of rows that the first pass can be shared by.
  var rowBlocks: Range<Int> { 0..<(columns == nil ? 1 : height / 8) }

  /// The blocks of columns that the second pass can be shared by.
  var columnBlocks: Range<Int> { 0..<(columns == nil ? 1 : width / 8) }

  /// The first pass: rows into a spectrum that wants ``finish(_:_:_:)``.
  ///
  /// - Parameters:
  ///   - blocks: Which rows, eight of them a block.
  ///   - active: The rows that may hold anything but zeros.
  ///   - spectrum: Receives the transformed rows.
  ///   - buffers: Two buffers.
  ///   - fill: Writes a row, complex.
  @inline(__always)
  func analyze(
    _ blocks: Range<Int>, _ active: Range<Int>, into spectrum: Memory, _ buffers: TileBuffers<S>,
    fill: (_ row: Int, _ target: Memory) -> Void
  ) {
    guard let columns else {
      fill(0, buffers.first)
      return rows(buffers.first, spectrum)
    }
    for row in blocks.lazy.map({ 8 * $0 }) {
      if (row..<row + 8).overlaps(active) {
        for offset in 0..<8 { fill(row + offset, buffers.first + 2 * offset * rows.pitch) }
        rows(buffers.first, buffers.second)
      } else {
        buffers.second.clear(count: 2 * 8 * rows.pitch)
      }
      S.spectralFunctions.tiles.rowsToColumns(width, buffers.second, rows.pitch, spectrum + 2 * row, columns.pitch)
    }
  }

  /// The second pass of some blocks of columns, in place.
  func finish(_ blocks: Range<Int>, of spectrum: Memory, _ buffers: TileBuffers<S>) {
    if columns != nil { transformColumns(blocks, of: spectrum, buffers) }
  }

  /// The sum of products Σ aᵢ·bᵢ, or Σ aᵢ·bᵢ*, of spectra, and the first pass of its backward transform.
  ///
  /// - Parameters:
  ///   - product: The spectra.
  ///   - result: Receives what ``synthesize(_:from:_:write:)`` reads; may be a₀ where that wants its second pass.
  ///   - buffers: Two buffers.
  func multiply(_ product: TileProduct<S>, into result: Memory, _ buffers: TileBuffers<S>) {
    for block in columnBlocks {
      let place = block * numbersOfBlock
      for index in 0..<product.count {
        var left = product.left + index * product.leftStride + place
        if let columns, !product.isFinished {
          columns(UnsafeMutablePointer(mutating: left), buffers.second)
          left = UnsafePointer(buffers.second)
        }
        S.spectralFunctions.tiles.multiplySwapped(
          numbersOfBlock / 2, product.conjugates ? 1 : 0, index > 0 ? 1 : 0, left,
          product.right + index * product.rightStride + place, buffers.first)
      }
      (columns ?? rows)(buffers.first, result + place)
    }
  }

  /// The first pass of the backward transform of a spectrum whose parts are exchanged already, in place.
  func invert(_ spectrum: Memory, _ buffers: TileBuffers<S>) {
    transformColumns(columnBlocks, of: spectrum, buffers)
  }

  private func transformColumns(_ blocks: Range<Int>, of spectrum: Memory, _ buffers: TileBuffers<S>) {
    for block in blocks {
      let place = spectrum + block * numbersOfBlock
      (columns ?? rows)(place, buffers.second)
      place.update(from: buffers.second, count: numbersOfBlock)
    }
  }

  /// All passes of both transforms, with nothing in between.
  func roundTrip(_ spectrum: Memory, _ buffers: TileBuffers<S>) {
    analyze(rowBlocks, 0..<height, into: spectrum, buffers) { _, _ in }
    for block in columnBlocks {
      let place = spectrum + block * numbersOfBlock
      if let columns { columns(place, buffers.second) }
      (columns ?? rows)(buffers.second, place)
    }
    synthesize(0..<height, from: spectrum, buffers) { _, _ in }
  }

  /// The last pass of a backward transform.
  ///
  /// - Parameters:
  ///   - wanted: The rows that are read.
  ///   - spectrum: What ``multiply(_:into:_:)`` or ``invert(_:_:)`` left.
  ///   - buffers: Two buffers.
  ///   - write: Receives a row, complex, its real part at odd places and its imaginary part at even ones.
  @inline(__always)
  func synthesize(
    _ wanted: Range<Int>, from spectrum: Memory, _ buffers: TileBuffers<S>,
    write: (_ row: Int, _ source: UnsafePointer<S>) -> Void
  ) {
    guard let columns else { return write(0, spectrum) }
    for row in stride(from: wanted.lowerBound & ~7, to: wanted.upperBound, by: 8) {
      S.spectralFunctions.tiles.columnsToRows(width, spectrum + 2 * row, columns.pitch, buffers.first, rows.pitch)
      rows(buffers.first, buffers.second)
      for index in max(row, wanted.lowerBound)..<min(row + 8, wanted.upperBound) {
        write(index, buffers.second + 2 * (index - row) * rows.pitch)
      }
    }
  }
}

/// The two buffers that the passes of a ``TileTransform`` go through, in the processor's innermost cache.
struct TileBuffers<S> {
  let first: UnsafeMutablePointer<S>
  let second: UnsafeMutablePointer<S>
}

/// A sum of products of spectra.
struct TileProduct<S> {
  let count: Int
  let left: UnsafePointer<S>
  let leftStride: Int
  let right: UnsafePointer<S>
  let rightStride: Int
  /// Whether the right factors are conjugated.
  let conjugates: Bool
  /// Whether the left factors have had their second pass.
  let isFinished: Bool
}
