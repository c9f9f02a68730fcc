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
  @specialized(where S == Float)
  @specialized(where S == Double)
  func callAsFunction(
    _ input: ImageBatch<S>, _ kernel: UnsafePointer<S>, into output: MutableImageBatch<S>,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    // Only read.
    nonisolated(unsafe) let kernel = kernel
    TileWorkers.forEach(input.count * units, transform, spectra: spectra, workspace) { index, next, workers in
      correlate(index, next: next, input, kernel, into: output, workers)
    }
  }

  private func correlate(
    _ index: Int, next: Int, _ input: ImageBatch<S>, _ kernel: UnsafePointer<S>, into output: MutableImageBatch<S>,
    _ workers: TileWorkers<S>
  ) {
    let (image, unit) = index.quotientAndRemainder(dividingBy: units)
    let (nextImage, nextUnit) = next.quotientAndRemainder(dividingBy: units)
    let following =
      nextImage < input.count ? TileInput(input[nextImage], places(of: nextUnit), rows, columns) : nil
    for source in 0..<sources {
      let place = targets > 1 ? workers.spectra : workers.spectra + source * transform.count
      analyze(input[image] + source * inputPlane, unit, into: place, workers)
      if targets > 1 { finish(place, into: place + (source + 1) * transform.count, workers) }
    }
    for target in 0..<targets {
      let outputs = TileOutput(
        output[image] + target * outputPlane, places(of: unit), rows, columns,
        ofAll: output.count * targets * outputPlane)
      multiply(
        kernel + target * strides.target * transform.count, workers, before: outputs,
        target == targets - 1 ? following : nil)
      write(workers.spectra, into: outputs, workers)
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
  ///
  /// - Parameters:
  ///   - kernel: The spectra of the target's kernels.
  ///   - workers: The workers, with the spectra of the sources.
  ///   - outputs: Where the outputs will be written.
  ///   - next: The samples that will be read then.
  private func multiply(
    _ kernel: UnsafePointer<S>, _ workers: TileWorkers<S>, before outputs: TileOutput<S>, _ next: TileInput<S>?
  ) {
    let isFinished = targets > 1
    // Read only, or written in parts that do not overlap.
    nonisolated(unsafe) let product = TileProduct(
      count: sources, left: UnsafePointer(workers.spectra + (isFinished ? transform.count : 0)),
      leftStride: transform.count, right: kernel, rightStride: strides.source * transform.count,
      conjugates: conjugates, isFinished: isFinished)
    nonisolated(unsafe) let (outputs, next) = (outputs, next)
    workers.forEachPart(of: transform.columnBlocks) {
      multiply($0, product, into: workers.spectra, $1, before: outputs, next)
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  private func multiply(
    _ blocks: Range<Int>, _ product: TileProduct<S>, into spectrum: UnsafeMutablePointer<S>, _ buffers: TileBuffers<S>,
    before outputs: TileOutput<S>, _ next: TileInput<S>?
  ) {
    let parts = min(8, transform.columnBlocks.count)
    transform.multiply(blocks, product, into: spectrum, buffers) { block in
      guard block < parts else { return }
      let lines = 16 * block / parts..<16 * (block + 1) / parts
      outputs.claimFirst(lines)
      next?.fetchFirst(lines)
    }
  }

  private func write(_ spectrum: UnsafeMutablePointer<S>, into outputs: TileOutput<S>, _ workers: TileWorkers<S>) {
    // Read only, or written in parts that do not overlap.
    nonisolated(unsafe) let (spectrum, outputs) = (spectrum, outputs)
    workers.forEachPart(of: transform.rowBlocks) { write(spectrum, $0, into: outputs, $1) }
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
    let active = active(in: unit)
    let input = TileInput(plane, places(of: unit), rows, columns)
    transform.analyze(
      blocks, at: input.filled, into: spectrum, buffers, where: { $0.overlaps(active) }, announce: { input.fetch($0) }
    ) { input.samples($0, $1) }
  }

  /// The last pass of the backward transform of a unit.
  @specialized(where S == Float)
  @specialized(where S == Double)
  private func write(
    _ spectrum: UnsafeMutablePointer<S>, _ blocks: Range<Int>, into outputs: TileOutput<S>, _ buffers: TileBuffers<S>
  ) {
    let loops = S.spectralFunctions.tiles
    transform.synthesize(
      blocks, from: spectrum, buffers, where: { $0.overlaps(outputs.wanted) }, announce: { outputs.claim($0) }
    ) { outputs.write($0, $1, loops) }
    outputs.finish()
  }
}
