internal import Parallel
internal import Tensors

/// The gradient of a bank by tiles: Σ x̂·ĝ* over the tiles of image and gradient, transformed back once.
///
/// The tiles are cut into as many parts as the sizes alone decide, and the parts are added in their order.
struct KernelGradientTiles<S: SpectralScalar>: Sendable {
  private static var mostParts: Int { 8 }
  /// The numbers that the sums of all parts may take.
  private static var mostNumbers: Int { 1 << 24 }

  private let shape: ConvolutionShape
  private let correlation: TileCorrelation<S>
  private let transform: TileTransform<S>
  private let geometry: TileGeometry

  init(_ shape: ConvolutionShape, _ geometry: TileGeometry, _ correlation: TileCorrelation<S>) {
    self.shape = shape
    self.geometry = geometry
    self.correlation = correlation
    transform = correlation.transform
  }

  private var bankCount: Int { shape.inputChannels * shape.outputChannels }
  private var sumCount: Int { bankCount * transform.count }

  private func parts(_ images: Int) -> Int {
    max(1, min(images * correlation.units, Self.mostParts, Self.mostNumbers / sumCount))
  }

  /// The spectra of the channels and of one filter's gradient, and one between its passes.
  private var spectra: Int { shape.inputChannels + 2 }

  /// The numbers of scratch memory of a pass.
  func scratchCount(images: Int, workers: Int) -> Int {
    parts(images) * sumCount + workers * (spectra * transform.count + transform.bufferCount)
  }

  /// Adds the gradient to that of the bank.
  func callAsFunction(
    _ outputGradient: ImageBatch<S>, _ gradient: KernelGradient<S>, _ workspace: ConvolutionWorkspace<S>
  ) {
    let (units, parts) = (outputGradient.count * correlation.units, parts(outputGradient.count))
    // Each part has sums of its own, and each kernel its own part of the target.
    nonisolated(unsafe) let (sums, target) = (workspace.scratch(parts * sumCount), gradient.target)
    let input = gradient.input
    workspace.reserve(workers: ThreadPool.current.workerCount)
    parallelFor(parts) { part, worker in
      let workers = TileWorkers(transform, spectra: spectra, of: workspace.worker(worker))
      let indices = part * units / parts..<(part + 1) * units / parts
      for index in indices {
        let (image, unit) = index.quotientAndRemainder(dividingBy: correlation.units)
        add(
          unit, input[image], outputGradient[image], adds: index > indices.lowerBound, to: sums + part * sumCount,
          workers)
      }
    }
    parallelFor(bankCount) { index, worker in
      let area = shape.kernelHeight * shape.kernelWidth
      for part in 1..<max(1, parts) { addPart(part, index, sums) }
      let workers = TileWorkers(transform, spectra: 1, of: workspace.worker(worker))
      synthesize(sums + index * transform.count, addingTo: target + index * area, workers)
    }
  }

  private func addPart(_ part: Int, _ index: Int, _ sums: UnsafeMutablePointer<S>) {
    S.axpy(
      1, UnsafeBufferPointer(start: sums + part * sumCount + index * transform.count, count: transform.count),
      UnsafeMutableBufferPointer(start: sums + index * transform.count, count: transform.count))
  }

  private func add(
    _ unit: Int, _ input: UnsafePointer<S>, _ outputGradient: UnsafePointer<S>, adds: Bool,
    to sums: UnsafeMutablePointer<S>, _ workers: TileWorkers<S>
  ) {
    let gradient = workers.spectra + transform.count
    let channels = gradient + transform.count
    for channel in 0..<shape.inputChannels {
      correlation.analyze(
        input + channel * shape.inputHeight * shape.inputWidth, unit, into: workers.spectra, workers)
      correlation.finish(workers.spectra, into: channels + channel * transform.count, workers)
    }
    for filter in 0..<shape.outputChannels {
      analyze(outputGradient + filter * shape.positionCount, unit, into: workers.spectra, workers.buffers)
      correlation.finish(workers.spectra, into: gradient, workers)
      for channel in 0..<shape.inputChannels {
        S.spectralFunctions.tiles.multiplySwapped(
          transform.count / 2, 1, adds ? 1 : 0, channels + channel * transform.count, gradient,
          sums + (filter * shape.inputChannels + channel) * transform.count)
      }
    }
  }

  /// The first pass of the spectrum of a unit's gradients, each at the place of the first sample of its window.
  @specialized(where S == Float)
  @specialized(where S == Double)
  private func analyze(
    _ plane: UnsafePointer<S>, _ unit: Int, into spectrum: UnsafeMutablePointer<S>, _ buffers: TileBuffers<S>
  ) {
    let active = 0..<(correlation.rows.perTile - 1) * shape.strideY + 1
    let places = correlation.places(of: unit)
    transform.analyze(
      transform.rowBlocks, at: 0..<transform.width, into: spectrum, buffers, where: { $0.overlaps(active) }
    ) { line, memory in places[line].flatMap { gradients(plane, $0, memory) } }
  }

  /// A row of a tile's gradients, or `nil` for zeros.
  @inline(__always)
  private func gradients(
    _ plane: UnsafePointer<S>, _ place: TilePlace, _ line: UnsafeMutablePointer<S>
  ) -> UnsafePointer<S>? {
    let (rows, columns) = (correlation.rows.outputs(of: place.row), correlation.columns.outputs(of: place.column))
    let (output, rest) = place.line.quotientAndRemainder(dividingBy: shape.strideY)
    guard rest == 0 && output < rows.count else { return nil }
    let source = plane + (rows.lowerBound + output) * shape.outputWidth + columns.lowerBound
    line.clear(count: transform.width)
    for column in 0..<columns.count { line[column * shape.strideX] = source[column] }
    return UnsafePointer(line)
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  private func synthesize(
    _ sum: UnsafeMutablePointer<S>, addingTo gradient: UnsafeMutablePointer<S>, _ workers: TileWorkers<S>
  ) {
    let (scale, spectrum) = (1 / transform.gain, workers.spectra)
    let (rows, columns) = (geometry.rows, geometry.columns)
    transform.invert(transform.columnBlocks, of: sum, into: spectrum)
    transform.synthesize(
      transform.rowBlocks, from: spectrum, workers.buffers, where: { rows.holdsWeights($0, window: shape.windowHeight) }
    ) { line, source in
      guard let row = rows.weight(at: line, of: shape.kernelHeight, dilation: shape.dilationY) else { return }
      for column in 0..<shape.kernelWidth {
        let place = columns.place(ofIndex: column * shape.dilationX)
        gradient[row * shape.kernelWidth + column] += scale * source[2 * place]
      }
    }
  }
}
