internal import Tensors

/// The 2-D transform of a real tile `[height, width]`, in passes between which products of spectra fit.
///
/// Two rows are real and imaginary part of one complex row. Eight of those, transformed one after the other, are taken apart
/// and stored as columns of the half spectrum, so that the second pass, too, goes along contiguous memory: a spectrum lies
/// as `[width / 2 + 1, pitch]`, pitch = height + 8. There are only forward transforms: with real and imaginary part exchanged
/// before and after, one of them is the backward transform, and ``TileLoops/multiplySwapped`` exchanges them in passing.
///
/// Rows and columns go one by one through buffers that stay in the innermost cache, and what is announced between them has
/// the time of a transform to come near.
///
/// A tile of one row has one pass and the spectrum of two such tiles, real and imaginary part, which a product with the
/// spectrum of a real kernel does not mix: its two *lines* are rows of different tiles.
struct TileTransform<S: SpectralScalar>: Sendable {
  typealias Memory = UnsafeMutablePointer<S>

  let height: Int
  let width: Int

  private let rows: RowTransform<S>
  /// Of columns; or of rows, where a tile has one row and one pass.
  private let columns: RowTransform<S>

  /// - Parameters:
  ///   - height: 1, or a multiple of 16.
  ///   - width: A multiple of 16.
  init(height: Int, width: Int) {
    self.height = height
    self.width = width
    rows = RowTransform(count: width)
    columns = height == 1 ? rows : RowTransform(count: height)
  }

  private var isRow: Bool { height == 1 }

  /// The lines between one that is announced and the one that is at work: as many as stay in the innermost cache meanwhile.
  private var ahead: Int { min(16, max(4, 8192 / width & ~1)) }

  /// Whether a spectrum, with that of a kernel, is beyond the processor's own caches.
  private var isLarge: Bool { !isRow && count * MemoryLayout<S>.size > 1 << 21 }

  /// The numbers of a spectrum.
  var count: Int { Self.count(height: height, width: width) }

  /// The numbers of a spectrum of a tile.
  static func count(height: Int, width: Int) -> Int {
    aligned(height == 1 ? 2 * width : (width + 2) * (height + RowTransform<S>.padding))
  }

  /// The numbers of ``TileBuffers``.
  var bufferCount: Int { Self.bufferCount(height: height, width: width) }

  /// The numbers of ``TileBuffers`` for a tile.
  static func bufferCount(height: Int, width: Int) -> Int {
    2 * lineCount(height: height, width: width) + aligned(2 * width)
      + (height == 1 ? 0 : aligned(16 * (width + RowTransform<S>.padding)))
  }

  private static func lineCount(height: Int, width: Int) -> Int { aligned(2 * max(height, width)) }

  /// Divides memory of a worker into buffers.
  func buffers(_ memory: Memory, of worker: ConvolutionWorkspace<S>) -> TileBuffers<S> {
    let count = Self.lineCount(height: height, width: width)
    let samples = memory + 2 * count
    return TileBuffers(
      first: memory, second: memory + count, samples: samples, block: samples + aligned(2 * width), watch: worker.watch)
  }

  /// What both transforms together multiply a convolution by.
  var gain: S { S(isRow ? width : 4 * height * width) }

  /// The blocks of sixteen rows that the first pass can be shared by.
  var rowBlocks: Range<Int> { 0..<(isRow ? 1 : height / 16) }

  /// The blocks of columns that the second pass can be shared by: eight of them each, and the last one.
  var columnBlocks: Range<Int> { 0..<(isRow ? 1 : width / 16 + 1) }

  /// Where each column of some blocks begins in a spectrum; one row, of a tile that has no other, is a column.
  @inline(__always)
  private func starts(ofBlocks blocks: Range<Int>) -> StrideTo<Int> {
    if isRow { return stride(from: 0, to: 1, by: 1) }
    return stride(
      from: 16 * blocks.lowerBound * columns.pitch, to: 2 * min(8 * blocks.upperBound, width / 2 + 1) * columns.pitch,
      by: 2 * columns.pitch)
  }

  /// The first pass: rows into a spectrum that wants ``finish(_:of:into:)``.
  ///
  /// - Parameters:
  ///   - blocks: Which rows.
  ///   - places: Where the samples of a line lie; the others are zeros.
  ///   - spectrum: Receives the transformed rows.
  ///   - buffers: Buffers.
  ///   - isActive: Whether any of some lines may hold anything but zeros.
  ///   - announce: Is told which lines will be read soon, each before a transform during which its samples may come near.
  ///   - samples: The samples of a line, perhaps in the memory that it receives; `nil` for zeros.
  @inline(__always)
  func analyze(
    _ blocks: Range<Int>, at places: Range<Int>, into spectrum: Memory, _ buffers: TileBuffers<S>,
    where isActive: (_ lines: Range<Int>) -> Bool, announce: (_ line: Int) -> Void = { _ in },
    samples: (_ line: Int, _ memory: Memory) -> UnsafePointer<S>?
  ) {
    let loops = S.spectralFunctions.tiles
    func fill(_ line: Int, _ target: Memory) {
      let largest = loops.interleave(
        width, places.lowerBound, places.count, samples(line, buffers.samples),
        samples(line + 1, buffers.samples + width),
        target)
      if let watch = buffers.watch { watch.pointee = max(watch.pointee, largest) }
    }
    guard !isRow else {
      fill(0, buffers.first)
      return rows(buffers.first, spectrum)
    }
    for row in blocks.lazy.map({ 16 * $0 }) {
      if isActive(row..<row + 16) {
        for pair in 0..<8 {
          let line = row + 2 * pair
          fill(line, buffers.first)
          for next in line + ahead..<line + ahead + 2 where next < height { announce(next) }
          rows(buffers.first, buffers.block + 2 * pair * rows.pitch)
        }
      } else {
        buffers.block.clear(count: 16 * rows.pitch)
      }
      loops.rowsToHalfSpectra(width, buffers.block, rows.pitch, spectrum + 2 * row, columns.pitch)
    }
  }

  /// The second pass of some blocks of columns, from the memory of one spectrum to that of another.
  func finish(_ blocks: Range<Int>, of spectrum: Memory, into target: Memory) {
    guard !isRow else { return target.update(from: spectrum, count: count) }
    invert(blocks, of: spectrum, into: target)
  }

  /// The first pass of the backward transform of a spectrum whose parts are exchanged already.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func invert(_ blocks: Range<Int>, of spectrum: Memory, into target: Memory) {
    for start in starts(ofBlocks: blocks) { columns(spectrum + start, target + start) }
  }

  /// The sum of products Σ aᵢ·bᵢ, or Σ aᵢ·bᵢ*, of spectra, and the first pass of its backward transform.
  ///
  /// - Parameters:
  ///   - blocks: Which columns.
  ///   - product: The spectra.
  ///   - result: Receives what ``synthesize(_:_:from:_:write:)`` reads; may be a₀ where that wants its second pass.
  ///   - buffers: Buffers.
  ///   - announce: Is called before the transforms of a block.
  @inline(__always)
  func multiply(
    _ blocks: Range<Int>, _ product: TileProduct<S>, into result: Memory, _ buffers: TileBuffers<S>,
    announce: (_ block: Int) -> Void
  ) {
    for block in blocks {
      announce(block)
      multiply(block, product, into: result, buffers)
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  private func multiply(_ block: Int, _ product: TileProduct<S>, into result: Memory, _ buffers: TileBuffers<S>) {
    let loops = S.spectralFunctions.tiles
    for start in starts(ofBlocks: block..<block + 1) {
      for index in 0..<product.count {
        var left = product.left + index * product.leftStride + start
        let right = product.right + index * product.rightStride + start
        if isLarge && start + 2 * columns.pitch < count {
          UnsafeRawPointer(right + 2 * columns.pitch).fetch(byteCount: 2 * columns.count * MemoryLayout<S>.size)
        }
        if !isRow && !product.isFinished {
          columns(UnsafeMutablePointer(mutating: left), buffers.second)
          left = UnsafePointer(buffers.second)
        }
        loops.multiplySwapped(
          columns.count, product.conjugates ? 1 : 0, index > 0 ? 1 : 0, left, right, buffers.first)
      }
      columns(buffers.first, result + start)
    }
  }

  /// The last pass of a backward transform.
  ///
  /// - Parameters:
  ///   - blocks: Which rows.
  ///   - spectrum: What ``multiply(_:_:into:_:)`` or ``invert(_:of:into:)`` left.
  ///   - buffers: Buffers.
  ///   - isWanted: Whether any of some lines is read.
  ///   - announce: Is told which lines will be written soon, each before a transform during which its memory may come near.
  ///   - write: Receives a line and its numbers, 2 apart.
  @inline(__always)
  func synthesize(
    _ blocks: Range<Int>, from spectrum: Memory, _ buffers: TileBuffers<S>,
    where isWanted: (_ lines: Range<Int>) -> Bool, announce: (_ line: Int) -> Void = { _ in },
    write: (_ line: Int, _ source: UnsafePointer<S>) -> Void
  ) {
    guard !isRow else {
      write(0, spectrum + 1)
      return write(1, spectrum)
    }
    let loops = S.spectralFunctions.tiles
    for row in blocks.lazy.map({ 16 * $0 }) where isWanted(row..<row + 16) {
      loops.halfSpectraToRows(width, spectrum + 2 * row, columns.pitch, buffers.block, rows.pitch)
      for pair in 0..<8 {
        let line = row + 2 * pair
        for next in line + ahead..<line + ahead + 2 where next < 16 * blocks.upperBound { announce(next) }
        rows(buffers.block + 2 * pair * rows.pitch, buffers.first)
        write(line, buffers.first + 1)
        write(line + 1, buffers.first)
      }
    }
  }

  /// All passes of both transforms, with nothing in between, of rows of which so many are active and wanted.
  func roundTrip(active: Int, wanted: Int, _ workers: TileWorkers<S>) {
    workers.forEachPart(of: rowBlocks) { analyzeNothing($0, active: active, into: workers.spectra, $1) }
    workers.forEachPart(of: columnBlocks) { goAndReturn($0, workers.spectra, $1) }
    workers.forEachPart(of: rowBlocks) { synthesizeNothing($0, wanted: wanted, from: workers.spectra, $1) }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  private func analyzeNothing(
    _ blocks: Range<Int>, active: Int, into spectrum: Memory, _ buffers: TileBuffers<S>
  ) {
    analyze(blocks, at: 0..<0, into: spectrum, buffers, where: { $0.lowerBound < active }) { _, _ in nil }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  private func goAndReturn(_ blocks: Range<Int>, _ spectrum: Memory, _ buffers: TileBuffers<S>) {
    for start in starts(ofBlocks: blocks) {
      if !isRow { columns(spectrum + start, buffers.second) }
      columns(isRow ? buffers.first : buffers.second, spectrum + start)
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  private func synthesizeNothing(
    _ blocks: Range<Int>, wanted: Int, from spectrum: Memory, _ buffers: TileBuffers<S>
  ) {
    synthesize(blocks, from: spectrum, buffers, where: { $0.lowerBound < wanted }) { _, _ in }
  }
}

/// What the passes of a ``TileTransform`` go through, in the processor's innermost cache.
struct TileBuffers<S> {
  /// A row or column before a transform, or after it; followed by the other one, of which a number may be read with it.
  let first: UnsafeMutablePointer<S>
  /// Another one.
  let second: UnsafeMutablePointer<S>
  /// Two rows of samples.
  let samples: UnsafeMutablePointer<S>
  /// Eight rows, as the first pass leaves them or the last one finds them.
  let block: UnsafeMutablePointer<S>
  /// Where the largest magnitude of the samples is kept; `nil` where nobody asks.
  let watch: UnsafeMutablePointer<S>?
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
