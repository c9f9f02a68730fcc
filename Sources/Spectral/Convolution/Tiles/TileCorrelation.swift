internal import Parallel
internal import Tensors

/// Correlations of planes with a bank whose spectra are prepared, tile by tile: what ``OverlapSaveConvolution`` runs
/// forward and, with the roles of channels and filters exchanged and nothing conjugated, backward.
///
/// Two tiles of a plane are real and imaginary part of one complex tile: a convolution with a real kernel keeps them
/// apart. Tiles are fetched from the image by the axes' maps and results are written where they belong, so that an image
/// is read and written once.
struct TileCorrelation<S: SpectralScalar>: Sendable {
  let rows: TileAxis
  let columns: TileAxis
  let sources: Int
  let targets: Int
  /// From the spectrum of one source to the next, and of one target to the next, in numbers of spectra.
  let strides: (source: Int, target: Int)
  let conjugates: Bool
  let transform: TileTransform<S>

  private var inputPlane: Int { rows.samples * columns.samples }
  private var outputPlane: Int { rows.outputs * columns.outputs }

  /// The pairs of tiles of an image.
  var pairs: Int { (rows.tiles * columns.tiles + 1) / 2 }

  /// The numbers of ``CorrelationBuffers``.
  var bufferCount: Int { lineCount + 2 * transform.bufferCount }

  /// The numbers of scratch memory of one worker: the spectra of all sources, and what becomes of a target's where all
  /// are still needed.
  var scratchCount: Int { spectra * transform.count + bufferCount }

  private var spectra: Int { targets > 1 ? sources + 1 : sources }
  private var lineCount: Int { aligned(2 * columns.length) }

  /// Correlates images with a bank; the pairs of tiles of all images are shared among the threads.
  func callAsFunction(
    _ input: ImageBatch<S>, _ kernel: UnsafePointer<S>, into output: MutableImageBatch<S>,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    nonisolated(unsafe) let kernel = kernel
    workspace.reserve(workers: ThreadPool.current.workerCount)
    parallelFor(input.count * pairs) { index, worker in
      let (image, pair) = index.quotientAndRemainder(dividingBy: pairs)
      correlate(
        tiles(of: pair), input[image], kernel, into: output[image], workspace.worker(worker).scratch(scratchCount))
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  private func correlate(
    _ tiles: TilePair, _ input: UnsafePointer<S>, _ kernel: UnsafePointer<S>, into output: UnsafeMutablePointer<S>,
    _ scratch: UnsafeMutablePointer<S>
  ) {
    let result = targets > 1 ? scratch + sources * transform.count : scratch
    let buffers = buffers(scratch + spectra * transform.count)
    for source in 0..<sources {
      let spectrum = scratch + source * transform.count
      analyze(input + source * inputPlane, tiles, into: spectrum, buffers)
      if targets > 1 { transform.finish(transform.columnBlocks, of: spectrum, buffers.inner) }
    }
    for target in 0..<targets {
      let product = TileProduct(
        count: sources, left: scratch, leftStride: transform.count,
        right: kernel + target * strides.target * transform.count, rightStride: strides.source * transform.count,
        conjugates: conjugates, isFinished: targets > 1)
      transform.multiply(product, into: result, buffers.inner)
      write(result, tiles, into: output + target * outputPlane, buffers.inner)
    }
  }

  func tiles(of pair: Int) -> TilePair {
    func place(_ index: Int) -> TilePlace { TilePlace(row: index / columns.tiles, column: index % columns.tiles) }
    return TilePair(
      first: place(2 * pair), second: 2 * pair + 1 < rows.tiles * columns.tiles ? place(2 * pair + 1) : nil)
  }

  func buffers(_ memory: UnsafeMutablePointer<S>) -> CorrelationBuffers<S> {
    let first = memory + lineCount
    return CorrelationBuffers(
      inner: TileBuffers(first: first, second: first + transform.bufferCount), line: memory)
  }

  /// The first pass of the transform of two tiles.
  @inline(__always)
  func analyze(
    _ plane: UnsafePointer<S>, _ tiles: TilePair, into spectrum: UnsafeMutablePointer<S>,
    _ buffers: CorrelationBuffers<S>
  ) {
    let lines = (buffers.line, buffers.line + columns.length)
    transform.analyze(transform.rowBlocks, active(tiles), into: spectrum, buffers.inner) { row, target in
      let first = samples(plane, tiles.first, row, lines.0)
      let second = tiles.second.flatMap { samples(plane, $0, row, lines.1) }
      S.spectralFunctions.tiles.interleave(columns.length, first, second, target)
    }
  }

  /// The rows that may hold anything but zeros in either tile.
  private func active(_ tiles: TilePair) -> Range<Int> {
    let first = rows.active(in: tiles.first.row)
    guard let second = tiles.second.map({ rows.active(in: $0.row) }) else { return first }
    return min(first.lowerBound, second.lowerBound)..<max(first.upperBound, second.upperBound)
  }

  /// A row of a tile, or `nil` for zeros.
  @inline(__always)
  private func samples(
    _ plane: UnsafePointer<S>, _ tile: TilePlace, _ row: Int, _ line: UnsafeMutablePointer<S>
  ) -> UnsafePointer<S>? {
    rows.source(of: rows.origin(of: tile.row) + row).map {
      columns.samples(of: plane + $0 * columns.samples, under: tile.column, line)
    }
  }

  /// The last pass of the backward transform of two tiles.
  @inline(__always)
  private func write(
    _ spectrum: UnsafeMutablePointer<S>, _ tiles: TilePair, into plane: UnsafeMutablePointer<S>,
    _ buffers: TileBuffers<S>
  ) {
    let count = max(rows.outputs(of: tiles.first.row).count, tiles.second.map { rows.outputs(of: $0.row).count } ?? 0)
    let wanted = rows.firstValid..<rows.firstValid + (count - 1) * rows.stride + 1
    transform.synthesize(wanted, from: spectrum, buffers) { row, source in
      let (output, rest) = (row - rows.firstValid).quotientAndRemainder(dividingBy: rows.stride)
      guard rest == 0 else { return }
      write(source + 1, output, tiles.first, into: plane)
      if let second = tiles.second { write(source, output, second, into: plane) }
    }
  }

  @inline(__always)
  private func write(_ source: UnsafePointer<S>, _ row: Int, _ tile: TilePlace, into plane: UnsafeMutablePointer<S>) {
    let (outputRows, outputs) = (rows.outputs(of: tile.row), columns.outputs(of: tile.column))
    guard row < outputRows.count else { return }
    S.spectralFunctions.tiles.pick(
      outputs.count, source + 2 * columns.firstValid, 2 * columns.stride,
      plane + (outputRows.lowerBound + row) * columns.outputs + outputs.lowerBound)
  }
}

/// The place of a tile among the others.
struct TilePlace {
  let row: Int
  let column: Int
}

/// Two tiles that make one complex transform; the last tile of an image may be alone.
struct TilePair {
  let first: TilePlace
  let second: TilePlace?
}

/// The buffers of a correlation: those of its transform, and a line for each of two tiles.
struct CorrelationBuffers<S> {
  let inner: TileBuffers<S>
  let line: UnsafeMutablePointer<S>
}
