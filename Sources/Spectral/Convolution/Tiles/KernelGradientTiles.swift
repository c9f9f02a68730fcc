internal import Parallel
internal import Tensors

/// The gradient of a bank by tiles: Σ ẑ·ŵ* over the pairs of tiles of image and gradient, transformed back once.
///
/// The pairs are cut into as many parts as the sizes alone decide, and the parts are added in their order.
struct KernelGradientTiles<S: SpectralScalar>: Sendable {
  private static var mostParts: Int { 8 }
  /// The numbers that the sums of all parts may take.
  private static var mostNumbers: Int { 1 << 24 }

  private let shape: ConvolutionShape
  private let correlation: TileCorrelation<S>
  private let transform: TileTransform<S>

  init(_ shape: ConvolutionShape, _ correlation: TileCorrelation<S>) {
    self.shape = shape
    self.correlation = correlation
    transform = correlation.transform
  }

  private var bankCount: Int { shape.inputChannels * shape.outputChannels }
  private var sumCount: Int { bankCount * transform.count }

  private func parts(_ images: Int) -> Int {
    max(1, min(images * correlation.pairs, Self.mostParts, Self.mostNumbers / sumCount))
  }

  /// The spectra of the channels and of one filter's gradient, and buffers.
  private var workerCount: Int { (shape.inputChannels + 1) * transform.count + correlation.bufferCount }

  /// The numbers of scratch memory of a pass.
  func scratchCount(images: Int, workers: Int) -> Int { parts(images) * sumCount + workers * workerCount }

  /// Adds the gradient to that of the bank.
  func callAsFunction(
    _ outputGradient: ImageBatch<S>, _ gradient: KernelGradient<S>, _ workspace: ConvolutionWorkspace<S>
  ) {
    let (pairs, parts) = (outputGradient.count * correlation.pairs, parts(outputGradient.count))
    nonisolated(unsafe) let (sums, target) = (workspace.scratch(parts * sumCount), gradient.target)
    let input = gradient.input
    workspace.reserve(workers: ThreadPool.current.workerCount)
    parallelFor(parts) { part, worker in
      let indices = part * pairs / parts..<(part + 1) * pairs / parts
      for index in indices {
        let (image, pair) = index.quotientAndRemainder(dividingBy: correlation.pairs)
        add(
          pair, input[image], outputGradient[image], adds: index > indices.lowerBound, to: sums + part * sumCount,
          workspace.worker(worker).scratch(workerCount))
      }
    }
    parallelFor(bankCount) { index, worker in
      let area = shape.kernelHeight * shape.kernelWidth
      for part in 1..<max(1, parts) { addPart(part, index, sums) }
      synthesize(
        sums + index * transform.count, addingTo: target + index * area, workspace.worker(worker).scratch(workerCount))
    }
  }

  private func addPart(_ part: Int, _ index: Int, _ sums: UnsafeMutablePointer<S>) {
    S.axpy(
      1, UnsafeBufferPointer(start: sums + part * sumCount + index * transform.count, count: transform.count),
      UnsafeMutableBufferPointer(start: sums + index * transform.count, count: transform.count))
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  private func add(
    _ pair: Int, _ input: UnsafePointer<S>, _ outputGradient: UnsafePointer<S>, adds: Bool,
    to sums: UnsafeMutablePointer<S>, _ scratch: UnsafeMutablePointer<S>
  ) {
    let tiles = correlation.tiles(of: pair)
    let spectrum = scratch + shape.inputChannels * transform.count
    let buffers = correlation.buffers(spectrum + transform.count)
    for channel in 0..<shape.inputChannels {
      correlation.analyze(
        input + channel * shape.inputHeight * shape.inputWidth, tiles, into: scratch + channel * transform.count,
        buffers)
      transform.finish(transform.columnBlocks, of: scratch + channel * transform.count, buffers.inner)
    }
    for filter in 0..<shape.outputChannels {
      analyze(outputGradient + filter * shape.positionCount, tiles, into: spectrum, buffers)
      for channel in 0..<shape.inputChannels {
        S.spectralFunctions.tiles.multiplySwapped(
          transform.count / 2, 1, adds ? 1 : 0, scratch + channel * transform.count, spectrum,
          sums + (filter * shape.inputChannels + channel) * transform.count)
      }
    }
  }

  /// The spectrum of two tiles' gradients, each at the place of the first sample of its window.
  @inline(__always)
  private func analyze(
    _ plane: UnsafePointer<S>, _ tiles: TilePair, into spectrum: UnsafeMutablePointer<S>,
    _ buffers: CorrelationBuffers<S>
  ) {
    let lines = (buffers.line, buffers.line + transform.width)
    let active = 0..<(correlation.rows.perTile - 1) * shape.strideY + 1
    transform.analyze(transform.rowBlocks, active, into: spectrum, buffers.inner) { row, target in
      let first = gradients(plane, tiles.first, row, lines.0)
      let second = tiles.second.flatMap { gradients(plane, $0, row, lines.1) }
      S.spectralFunctions.tiles.interleave(transform.width, first, second, target)
    }
    transform.finish(transform.columnBlocks, of: spectrum, buffers.inner)
  }

  /// A row of a tile's gradients, or `nil` for zeros.
  @inline(__always)
  private func gradients(
    _ plane: UnsafePointer<S>, _ tile: TilePlace, _ row: Int, _ line: UnsafeMutablePointer<S>
  ) -> UnsafePointer<S>? {
    let (rows, columns) = (correlation.rows.outputs(of: tile.row), correlation.columns.outputs(of: tile.column))
    let (output, rest) = row.quotientAndRemainder(dividingBy: shape.strideY)
    guard rest == 0 && output < rows.count else { return nil }
    let source = plane + (rows.lowerBound + output) * shape.outputWidth + columns.lowerBound
    line.clear(count: transform.width)
    for column in 0..<columns.count { line[column * shape.strideX] = source[column] }
    return UnsafePointer(line)
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  private func synthesize(
    _ sum: UnsafeMutablePointer<S>, addingTo gradient: UnsafeMutablePointer<S>, _ scratch: UnsafeMutablePointer<S>
  ) {
    let buffers = TileBuffers(first: scratch, second: scratch + transform.bufferCount)
    let scale = 1 / S(transform.height * transform.width)
    transform.invert(sum, buffers)
    transform.synthesize(0..<shape.windowHeight, from: sum, buffers) { row, source in
      let (tap, rest) = row.quotientAndRemainder(dividingBy: shape.dilationY)
      guard rest == 0 else { return }
      for column in 0..<shape.kernelWidth {
        gradient[tap * shape.kernelWidth + column] += scale * source[2 * column * shape.dilationX + 1]
      }
    }
  }
}
