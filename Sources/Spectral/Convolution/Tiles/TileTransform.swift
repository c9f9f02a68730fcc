internal import Tensors

/// The 2-D transform of a real tile `[height, width]`, in passes between which products of spectra fit.
///
/// Two rows are real and imaginary part of one complex row. Eight of those are transformed at a time, taken apart and
/// stored as columns of the half spectrum, so that the second pass, too, goes along contiguous memory: a spectrum lies as
/// `[width / 2 + 1, pitch]`, pitch = height + 8. There are only forward transforms: with real and imaginary part exchanged
/// before and after, one of them is the backward transform, and ``TileLoops/multiplySwapped`` exchanges them in passing.
///
/// A tile of one row has one pass and the spectrum of two such tiles, real and imaginary part, which a product with the
/// spectrum of a real kernel does not mix: its two *lines* are rows of different tiles.
struct TileTransform<S: SpectralScalar>: Sendable {
  typealias Memory = UnsafeMutablePointer<S>

  let height: Int
  let width: Int

  private let rows: RowTransform<S>
  private let columns: Columns?

  /// The second pass: eight columns at a time, and the last one alone.
  private struct Columns {
    let eight: RowTransform<S>
    let last: RowTransform<S>
    var pitch: Int { eight.pitch }
  }

  /// - Parameters:
  ///   - height: 1, or a multiple of 16.
  ///   - width: A multiple of 16.
  init(height: Int, width: Int) {
    self.height = height
    self.width = width
    rows = RowTransform(count: width, rows: height == 1 ? 1 : 8)
    columns =
      height == 1
      ? nil : Columns(eight: RowTransform(count: height, rows: 8), last: RowTransform(count: height, rows: 1))
  }

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
    2 * blockCount(height: height, width: width) + aligned(2 * width)
  }

  private static func blockCount(height: Int, width: Int) -> Int {
    aligned(height == 1 ? 2 * width : 16 * (max(height, width) + RowTransform<S>.padding))
  }

  /// Divides memory of a worker into buffers.
  func buffers(_ memory: Memory, of worker: ConvolutionWorkspace<S>) -> TileBuffers<S> {
    let count = Self.blockCount(height: height, width: width)
    return TileBuffers(first: memory, second: memory + count, line: memory + 2 * count, watch: worker.watch)
  }

  /// What both transforms together multiply a convolution by.
  var gain: S { S(columns == nil ? width : 4 * height * width) }

  /// The blocks of sixteen rows that the first pass can be shared by.
  var rowBlocks: Range<Int> { 0..<(columns == nil ? 1 : height / 16) }

  /// The blocks of columns that the second pass can be shared by: eight of them each, and the last one.
  var columnBlocks: Range<Int> { 0..<(columns == nil ? 1 : width / 16 + 1) }

  /// Where a block of columns lies in a spectrum.
  private func numbers(ofBlock block: Int) -> Range<Int> {
    guard let columns else { return 0..<2 * width }
    let (first, end) = (8 * block, min(8 * block + 8, width / 2 + 1))
    return 2 * first * columns.pitch..<2 * end * columns.pitch
  }

  /// The transform of a block of columns.
  private func transform(ofBlock block: Int) -> RowTransform<S> {
    guard let columns else { return rows }
    return block == width / 16 ? columns.last : columns.eight
  }

  /// The first pass: rows into a spectrum that wants ``finish(_:of:into:)``.
  ///
  /// - Parameters:
  ///   - blocks: Which rows.
  ///   - places: Where the samples of a line lie; the others are zeros.
  ///   - spectrum: Receives the transformed rows.
  ///   - buffers: Buffers.
  ///   - isActive: Whether any of some lines may hold anything but zeros.
  ///   - announce: Is told which line is read next, before a time in which its samples may come near.
  ///   - samples: The samples of a line, perhaps in the memory that it receives; `nil` for zeros.
  @inline(__always)
  func analyze(
    _ blocks: Range<Int>, at places: Range<Int>, into spectrum: Memory, _ buffers: TileBuffers<S>,
    where isActive: (_ lines: Range<Int>) -> Bool, announce: (_ line: Int) -> Void = { _ in },
    samples: (_ line: Int, _ memory: Memory) -> UnsafePointer<S>?
  ) {
    func fill(_ line: Int, _ target: Memory) {
      S.spectralFunctions.tiles.interleave(
        width, places.lowerBound, places.count, samples(line, buffers.line), samples(line + 1, buffers.line + width),
        target)
      if let watch = buffers.watch {
        watch.pointee = max(watch.pointee, S.spectralFunctions.loops.largestMagnitude(2 * width, target))
      }
    }
    guard let columns else {
      fill(0, buffers.first)
      return rows(buffers.first, spectrum)
    }
    for row in blocks.lazy.map({ 16 * $0 }) {
      if isActive(row..<row + 16) {
        for pair in 0..<8 {
          fill(row + 2 * pair, buffers.first + 2 * pair * rows.pitch)
          for line in row + 2 * pair + 16..<row + 2 * pair + 18 where line < height { announce(line) }
        }
        rows(buffers.first, buffers.second)
      } else {
        buffers.second.clear(count: 16 * rows.pitch)
      }
      S.spectralFunctions.tiles.rowsToHalfSpectra(
        width, buffers.second, rows.pitch, spectrum + 2 * row, columns.pitch)
    }
  }

  /// The second pass of some blocks of columns, from the memory of one spectrum to that of another.
  func finish(_ blocks: Range<Int>, of spectrum: Memory, into target: Memory) {
    guard columns != nil else { return target.update(from: spectrum, count: count) }
    invert(blocks, of: spectrum, into: target)
  }

  /// The first pass of the backward transform of a spectrum whose parts are exchanged already.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func invert(_ blocks: Range<Int>, of spectrum: Memory, into target: Memory) {
    for block in blocks {
      let first = numbers(ofBlock: block).lowerBound
      transform(ofBlock: block)(spectrum + first, target + first)
    }
  }

  /// The sum of products Σ aᵢ·bᵢ, or Σ aᵢ·bᵢ*, of spectra, and the first pass of its backward transform.
  ///
  /// - Parameters:
  ///   - blocks: Which columns.
  ///   - product: The spectra.
  ///   - result: Receives what ``synthesize(_:_:from:_:write:)`` reads; may be a₀ where that wants its second pass.
  ///   - buffers: Buffers.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func multiply(
    _ blocks: Range<Int>, _ product: TileProduct<S>, into result: Memory, _ buffers: TileBuffers<S>
  ) {
    for block in blocks {
      let (numbers, transform) = (numbers(ofBlock: block), transform(ofBlock: block))
      for index in 0..<product.count {
        var left = product.left + index * product.leftStride + numbers.lowerBound
        if columns != nil && !product.isFinished {
          transform(UnsafeMutablePointer(mutating: left), buffers.second)
          left = UnsafePointer(buffers.second)
        }
        S.spectralFunctions.tiles.multiplySwapped(
          numbers.count / 2, product.conjugates ? 1 : 0, index > 0 ? 1 : 0, left,
          product.right + index * product.rightStride + numbers.lowerBound, buffers.first)
      }
      transform(buffers.first, result + numbers.lowerBound)
    }
  }

  /// The last pass of a backward transform.
  ///
  /// - Parameters:
  ///   - blocks: Which rows.
  ///   - spectrum: What ``multiply(_:_:into:_:)`` or ``invert(_:of:into:)`` left.
  ///   - buffers: Buffers.
  ///   - isWanted: Whether any of some lines is read.
  ///   - announce: Is told which line is written next, before a time in which its memory may come near.
  ///   - write: Receives a line and its numbers, 2 apart.
  @inline(__always)
  func synthesize(
    _ blocks: Range<Int>, from spectrum: Memory, _ buffers: TileBuffers<S>,
    where isWanted: (_ lines: Range<Int>) -> Bool, announce: (_ line: Int) -> Void = { _ in },
    write: (_ line: Int, _ source: UnsafePointer<S>) -> Void
  ) {
    guard let columns else {
      write(0, spectrum + 1)
      return write(1, spectrum)
    }
    for row in blocks.lazy.map({ 16 * $0 }) where isWanted(row..<row + 16) {
      for line in row..<row + 16 { announce(line) }
      S.spectralFunctions.tiles.halfSpectraToRows(
        width, spectrum + 2 * row, columns.pitch, buffers.first, rows.pitch)
      rows(buffers.first, buffers.second)
      for pair in 0..<8 {
        let source = buffers.second + 2 * pair * rows.pitch
        write(row + 2 * pair, source + 1)
        write(row + 2 * pair + 1, source)
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
    for block in blocks {
      let (place, transform) = (spectrum + numbers(ofBlock: block).lowerBound, transform(ofBlock: block))
      if columns != nil { transform(place, buffers.second) }
      transform(buffers.second, place)
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
  /// A block of rows or columns.
  let first: UnsafeMutablePointer<S>
  /// Another one.
  let second: UnsafeMutablePointer<S>
  /// Two rows of samples.
  let line: UnsafeMutablePointer<S>
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
