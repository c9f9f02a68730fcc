internal import Parallel
internal import Tensors

/// Correlations of planes with a bank whose spectra are prepared, tile by tile: what ``TiledConvolution`` runs forward
/// and, with the roles of channels and filters exchanged and nothing conjugated, backward.
///
/// Tiles are fetched from the image by the axes' maps and results are written where they belong, so that an image is read
/// and written once.
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
  private var tiles: Int { rows.tiles * columns.tiles }

  /// What is transformed at a time: a tile, or two of one row.
  var units: Int { transform.height == 1 ? (tiles + 1) / 2 : tiles }

  /// The numbers of scratch memory of one worker: for a spectrum between its passes, and those of all sources where several
  /// targets read them.
  var scratchCount: Int { spectra * transform.count + transform.bufferCount }

  private var spectra: Int { targets > 1 ? sources + 1 : sources }

  /// Correlates images with a bank.
  func callAsFunction(
    _ input: ImageBatch<S>, _ kernel: UnsafePointer<S>, into output: MutableImageBatch<S>,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    // Only read.
    nonisolated(unsafe) let kernel = kernel
    TileWorkers.forEach(input.count * units, transform, spectra: spectra, workspace) { index, workers in
      correlate(index, input, kernel, into: output, workers)
    }
  }

  private func correlate(
    _ index: Int, _ input: ImageBatch<S>, _ kernel: UnsafePointer<S>, into output: MutableImageBatch<S>,
    _ workers: TileWorkers<S>
  ) {
    let (image, unit) = index.quotientAndRemainder(dividingBy: units)
    for source in 0..<sources {
      let place = targets > 1 ? workers.spectra : workers.spectra + source * transform.count
      analyze(input[image] + source * inputPlane, unit, into: place, workers)
      if targets > 1 { finish(place, into: place + (source + 1) * transform.count, workers) }
    }
    for target in 0..<targets {
      multiply(kernel + target * strides.target * transform.count, workers)
      write(workers.spectra, unit, into: output[image] + target * outputPlane, workers)
    }
  }

  /// The first pass of the transform of a unit.
  func analyze(
    _ plane: UnsafePointer<S>, _ unit: Int, into spectrum: UnsafeMutablePointer<S>, _ workers: TileWorkers<S>
  ) {
    // Read only, or written in parts that do not overlap.
    nonisolated(unsafe) let (plane, spectrum) = (plane, spectrum)
    workers.forEachPart(of: transform.rowBlocks) { analyze(plane, unit, $0, into: spectrum, $1) }
  }

  /// The second pass.
  func finish(
    _ spectrum: UnsafeMutablePointer<S>, into target: UnsafeMutablePointer<S>, _ workers: TileWorkers<S>
  ) {
    // Read only, or written in parts that do not overlap.
    nonisolated(unsafe) let (spectrum, target) = (spectrum, target)
    workers.forEachPart(of: transform.columnBlocks) { blocks, _ in
      transform.finish(blocks, of: spectrum, into: target)
    }
  }

  /// The products of a target, and the first pass of their backward transform.
  private func multiply(_ kernel: UnsafePointer<S>, _ workers: TileWorkers<S>) {
    let isFinished = targets > 1
    // Read only, or written in parts that do not overlap.
    nonisolated(unsafe) let product = TileProduct(
      count: sources, left: UnsafePointer(workers.spectra + (isFinished ? transform.count : 0)),
      leftStride: transform.count, right: kernel, rightStride: strides.source * transform.count,
      conjugates: conjugates, isFinished: isFinished)
    workers.forEachPart(of: transform.columnBlocks) { transform.multiply($0, product, into: workers.spectra, $1) }
  }

  private func write(
    _ spectrum: UnsafeMutablePointer<S>, _ unit: Int, into plane: UnsafeMutablePointer<S>, _ workers: TileWorkers<S>
  ) {
    // Read only, or written in parts that do not overlap.
    nonisolated(unsafe) let (spectrum, plane) = (spectrum, plane)
    workers.forEachPart(of: transform.rowBlocks) { write(spectrum, unit, $0, into: plane, $1) }
  }

  /// The place of a line of a unit: a row of a tile, or one of two tiles of one row; `nil` where there is no other tile.
  func place(_ line: Int, of unit: Int) -> TilePlace? {
    let isRow = transform.height == 1
    let tile = isRow ? 2 * unit + line : unit
    guard tile < tiles else { return nil }
    return TilePlace(row: tile / columns.tiles, column: tile % columns.tiles, line: isRow ? 0 : line)
  }

  /// The rows of a unit that may hold anything but zeros.
  private func active(in unit: Int) -> Range<Int> {
    transform.height == 1 ? 0..<1 : rows.active(in: unit / columns.tiles)
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  private func analyze(
    _ plane: UnsafePointer<S>, _ unit: Int, _ blocks: Range<Int>, into spectrum: UnsafeMutablePointer<S>,
    _ buffers: TileBuffers<S>
  ) {
    let active = active(in: unit)
    transform.analyze(blocks, samples: columns.filled, into: spectrum, buffers, where: { $0.overlaps(active) }) {
      line, memory in
      guard let place = place(line, of: unit), let row = rows.source(of: rows.origin(of: place.row) + place.line)
      else { return nil }
      return columns.samples(of: plane + row * columns.samples, under: place.column, memory)
    }
  }

  /// The last pass of the backward transform of a unit.
  @specialized(where S == Float)
  @specialized(where S == Double)
  private func write(
    _ spectrum: UnsafeMutablePointer<S>, _ unit: Int, _ blocks: Range<Int>, into plane: UnsafeMutablePointer<S>,
    _ buffers: TileBuffers<S>
  ) {
    let count = rows.outputs(of: transform.height == 1 ? 0 : unit / columns.tiles).count
    let wanted = rows.firstValid..<rows.firstValid + (count - 1) * rows.stride + 1
    transform.synthesize(blocks, from: spectrum, buffers, where: { $0.overlaps(wanted) }) { line, source in
      guard let place = place(line, of: unit), wanted.contains(place.line) else { return }
      let (row, rest) = (place.line - rows.firstValid).quotientAndRemainder(dividingBy: rows.stride)
      guard rest == 0 else { return }
      let outputs = columns.outputs(of: place.column)
      S.spectralFunctions.tiles.pick(
        outputs.count, source + 2 * columns.firstValid, 2 * columns.stride,
        plane + (rows.outputs(of: place.row).lowerBound + row) * columns.outputs + outputs.lowerBound)
    }
  }
}

/// A line of a tile.
struct TilePlace {
  /// The tile's place among the others.
  let row: Int
  let column: Int
  /// The row of the tile.
  let line: Int
}
