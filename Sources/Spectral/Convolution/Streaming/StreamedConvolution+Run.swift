internal import Parallel
internal import Tensors

extension StreamedConvolution {
  /// Convolves all images of a source.
  ///
  /// - Parameters:
  ///   - source: The images, `[N, H, W]`, as planned.
  ///   - sink: Receives every output once, `[N, Ho, Wo]`.
  ///   - progress: Called after each block with the number of blocks that are computed; what it throws ends the work.
  /// - Throws: What the source, the sink or `progress` throws.
  public func run(
    from source: some ImageSource<S>, to sink: some ImageSink<S>, progress: (_ blocks: Int) throws -> Void = { _ in }
  ) throws {
    let (inputs, outputs) = ((0..<2).map { _ in BlockBuffer<S>() }, (0..<2).map { _ in BlockBuffer<S>() })
    let workspace = plan.makeWorkspace()
    guard blockCount > 0 else { return }
    try read(0, from: source, into: inputs[0])
    for block in 0..<blockCount {
      let transfer = BackgroundWork {
        if block > 0 { try write(block - 1, outputs[(block - 1) % 2], to: sink) }
        if block + 1 < blockCount { try read(block + 1, from: source, into: inputs[(block + 1) % 2]) }
      }
      compute(block, inputs[block % 2], into: outputs[block % 2], workspace)
      try transfer.finish()
      try progress(block + 1)
    }
    try write(blockCount - 1, outputs[(blockCount - 1) % 2], to: sink)
  }

  private func compute(
    _ block: Int, _ input: BlockBuffer<S>, into output: BlockBuffer<S>, _ workspace: ConvolutionWorkspace<S>
  ) {
    output.reserve(partition[block].images.count * plan.shape.outputCount)
    var results = MutableSpan(_unsafeStart: output.base, count: output.count)
    plan.apply(
      kernel, to: Span(_unsafeStart: UnsafePointer(input.base), count: input.count), into: &results,
      workspace: workspace)
  }

  /// Reads what a block depends on; rows and columns of a smaller block at an end are followed by zeros.
  private func read(_ index: Int, from source: some ImageSource<S>, into buffer: BlockBuffer<S>) throws {
    let (block, channels) = (partition[index], shape.inputChannels)
    let (rows, columns) = (inputs(of: block.rows, vertical), inputs(of: block.columns, horizontal))
    let (height, width) = (plan.shape.inputHeight, plan.shape.inputWidth)
    let planes = ExtendedPlanes(source: source, height: shape.inputHeight, width: shape.inputWidth, boundary: boundary)
    buffer.reserve(block.images.count * plan.shape.inputCount)
    for plane in 0..<block.images.count * channels {
      let start = buffer.base + plane * height * width
      try planes.read(
        ImageRegion(plane: block.images.lowerBound * channels + plane, rows: rows, columns: columns), into: start,
        rowStride: width)
      for row in 0..<rows.count { (start + row * width + columns.count).clear(count: width - columns.count) }
      (start + rows.count * width).clear(count: (height - rows.count) * width)
    }
  }

  private func write(_ index: Int, _ buffer: BlockBuffer<S>, to sink: some ImageSink<S>) throws {
    let (block, channels) = (partition[index], shape.outputChannels)
    let (count, width) = (plan.shape.positionCount, plan.shape.outputWidth)
    for plane in 0..<block.images.count * channels {
      try sink.write(
        Span(_unsafeStart: UnsafePointer(buffer.base + plane * count), count: count), rowStride: width,
        to: ImageRegion(
          plane: block.images.lowerBound * channels + plane, rows: block.rows, columns: block.columns))
    }
  }

  private typealias Axis = (stride: Int, window: Int, before: Int)

  private var vertical: Axis { (shape.strideY, shape.windowHeight, shape.padding.top) }
  private var horizontal: Axis { (shape.strideX, shape.windowWidth, shape.padding.left) }

  /// The indices of an extended axis that outputs depend on.
  private func inputs(of outputs: Range<Int>, _ axis: Axis) -> Range<Int> {
    let (first, last) = (outputs.lowerBound * axis.stride, (outputs.upperBound - 1) * axis.stride)
    return first - axis.before..<last + axis.window - axis.before
  }
}

/// The samples or outputs of a block, in memory that is kept from block to block.
///
/// `Sendable` because one thread uses it at a time: the one that reads or writes the file, then the one that computes.
private final class BlockBuffer<S: SpectralScalar>: @unchecked Sendable {
  private var memory = AlignedMemory<S>(count: 0)
  private(set) var count = 0

  var base: UnsafeMutablePointer<S> { memory.base }

  /// Makes room for so many numbers, which are dirty.
  func reserve(_ count: Int) {
    if memory.count < count { memory = AlignedMemory(count: count) }
    self.count = count
  }
}
