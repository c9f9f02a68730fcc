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

  /// The places of the lines of a unit.
  func places(of unit: Int) -> TilePlaces {
    func place(_ tile: Int) -> TilePlace {
      TilePlace(row: tile / columns.tiles, column: tile % columns.tiles, line: 0)
    }
    guard transform.height == 1 else { return .tile(place(unit)) }
    return .rows(place(2 * unit), 2 * unit + 1 < tiles ? place(2 * unit + 1) : nil)
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
    let (active, places) = (active(in: unit), places(of: unit))
    let span = transform.height == 1 ? nil : columns.span(under: places.first.column)
    func row(_ place: TilePlace) -> UnsafePointer<S>? {
      rows.source(of: rows.origin(of: place.row) + place.line).map { plane + $0 * columns.samples }
    }
    transform.analyze(
      blocks, at: span?.places ?? 0..<columns.filled, into: spectrum, buffers, where: { $0.overlaps(active) },
      announce: { line in
        guard let span, let place = places[line], let row = row(place) else { return }
        (row + span.samples.lowerBound).fetch(count: span.samples.count)
      }
    ) { line, memory in
      guard let place = places[line], let row = row(place) else { return nil }
      guard let span, span.places != nil else { return columns.samples(of: row, under: place.column, memory) }
      return row + span.samples.lowerBound
    }
  }

  /// The last pass of the backward transform of a unit.
  @specialized(where S == Float)
  @specialized(where S == Double)
  private func write(
    _ spectrum: UnsafeMutablePointer<S>, _ unit: Int, _ blocks: Range<Int>, into plane: UnsafeMutablePointer<S>,
    _ buffers: TileBuffers<S>
  ) {
    let places = places(of: unit)
    let count = transform.height == 1 ? 1 : rows.outputs(of: places.first.row).count
    let wanted = rows.firstValid..<rows.firstValid + (count - 1) * rows.stride + 1
    func outputs(_ line: Int) -> UnsafeMutableBufferPointer<S>? {
      guard let place = places[line], wanted.contains(place.line) else { return nil }
      let (row, rest) = (place.line - rows.firstValid).quotientAndRemainder(dividingBy: rows.stride)
      guard rest == 0 else { return nil }
      let outputs = columns.outputs(of: place.column)
      let start = (rows.outputs(of: place.row).lowerBound + row) * columns.outputs + outputs.lowerBound
      return UnsafeMutableBufferPointer(start: plane + start, count: outputs.count)
    }
    transform.synthesize(
      blocks, from: spectrum, buffers, where: { $0.overlaps(wanted) },
      announce: { line in
        guard let outputs = outputs(line) else { return }
        outputs.baseAddress!.claim(count: outputs.count)
      }
    ) { line, source in
      guard let outputs = outputs(line) else { return }
      S.spectralFunctions.tiles.pick(
        outputs.count, source + 2 * columns.firstValid, 2 * columns.stride, outputs.baseAddress!)
    }
  }
}
