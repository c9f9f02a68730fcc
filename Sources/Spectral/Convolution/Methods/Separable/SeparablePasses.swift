internal import CKernels
internal import Parallel
internal import Tensors

/// The two passes of a separable correlation, for bands of output rows whose columns' sums stay in the processor's cache.
///
/// The first pass correlates the columns of the image with the columns of every term; it reads the image itself, but for
/// bands that reach over its border. The sums are then extended to the sides, as the image would have been, and the second
/// pass correlates them with the rows of the terms and adds up terms and channels in registers.
struct SeparablePasses<S: SpectralScalar>: Sendable {
  let shape: ConvolutionShape
  private let rows: AxisMap
  private let columns: AxisMap

  private static var numbersOfBand: Int { 1 << 16 }
  private static var slack: Int { Int(CORRELATE_SLACK) }

  init(_ shape: ConvolutionShape, _ boundary: Boundary) {
    self.shape = shape
    rows = AxisMap(count: shape.inputHeight, before: shape.padding.top, after: shape.padding.bottom, boundary)
    columns = AxisMap(count: shape.inputWidth, before: shape.padding.left, after: shape.padding.right, boundary)
  }

  private var largestRank: Int { min(shape.kernelHeight, shape.kernelWidth) }

  /// The rank, then for each kernel the columns of its terms, and their rows.
  var bankCount: Int { aligned(1) + aligned(shape.outputChannels * weightsOfFilter(largestRank)) }

  /// The numbers that a worker needs for a bank of full rank.
  var scratchCount: Int { scratchCount(largestRank) }

  private func weightsOfFilter(_ rank: Int) -> Int {
    rank * shape.inputChannels * (shape.kernelHeight + shape.kernelWidth)
  }

  private func scratchCount(_ rank: Int) -> Int {
    let band = rowsOfBand(rank)
    let sums = shape.inputChannels * rank * band * shape.paddedWidth + Self.slack
    return aligned(sums) + aligned(sourceRows(band) * shape.inputWidth + Self.slack)
  }

  private func rowsOfBand(_ rank: Int) -> Int {
    let fitting = Self.numbersOfBand / max(1, shape.inputChannels * rank * shape.paddedWidth)
    return min(shape.outputHeight, max(4, fitting & ~3))
  }

  /// The rows of the extended image that so many output rows read.
  private func sourceRows(_ outputRows: Int) -> Int { (outputRows - 1) * shape.strideY + shape.windowHeight }

  /// Packs the terms of a bank; every kernel gets as many as the one that has most.
  func prepare(
    _ factors: [KernelFactors], into prepared: UnsafeMutablePointer<S>, index: (_ filter: Int, _ channel: Int) -> Int
  ) {
    let rank = factors.map(\.rank).max() ?? 0
    prepared[0] = S(rank)
    let (channels, taps) = (shape.inputChannels, shape.kernelHeight)
    for filter in 0..<shape.outputChannels {
      let columns = prepared + aligned(1) + filter * weightsOfFilter(rank)
      let rows = columns + channels * rank * taps
      for channel in 0..<channels {
        let own = factors[index(filter, channel)]
        pack(filters: rank, taps: taps, into: columns + channel * rank * taps) { term, tap in
          term < own.rank ? S(own.columns[term][tap]) : 0
        }
        for term in 0..<rank {
          let row = rows + (channel * rank + term) * shape.kernelWidth
          for tap in 0..<shape.kernelWidth { row[tap] = term < own.rank ? S(own.rows[term][tap]) : 0 }
        }
      }
    }
  }

  func run(
    _ input: ImageBatch<S>, _ prepared: UnsafePointer<S>, into output: MutableImageBatch<S>,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    let rank = Int(prepared[0])
    guard rank > 0 else { return clear(output) }
    let band = rowsOfBand(rank)
    let bands = (shape.outputHeight + band - 1) / band
    workspace.reserve(workers: ThreadPool.current.workerCount)
    nonisolated(unsafe) let prepared = prepared
    parallelFor(input.count * bands) { part, worker in
      let (image, first) = (part / bands, part % bands * band)
      let task = Task(
        rank: rank, rows: first..<min(first + band, shape.outputHeight), image: input[image], output: output[image],
        scratch: workspace.worker(worker).scratch(scratchCount(rank)))
      for filter in 0..<shape.outputChannels {
        compute(task, prepared + aligned(1) + filter * weightsOfFilter(rank), filter)
      }
    }
  }

  /// A band of output rows of one image.
  private struct Task {
    let rank: Int
    let rows: Range<Int>
    let image: UnsafePointer<S>
    let output: UnsafeMutablePointer<S>
    let scratch: UnsafeMutablePointer<S>
  }

  private func clear(_ output: MutableImageBatch<S>) {
    for image in 0..<output.count { output[image].clear(count: shape.outputCount) }
  }

  private func compute(_ task: Task, _ weights: UnsafePointer<S>, _ filter: Int) {
    let sums = task.scratch
    let plane = task.rank * task.rows.count * shape.paddedWidth
    let border = sums + aligned(shape.inputChannels * plane + Self.slack)
    for channel in 0..<shape.inputChannels {
      let source = source(task, channel, border: border)
      var columns = columnPass(task)
      S.spectralFunctions.loops.correlate(
        &columns, source, weights + channel * task.rank * shape.kernelHeight,
        sums + channel * plane + shape.padding.left)
    }
    extend(sums, rows: shape.inputChannels * task.rank * task.rows.count)
    var rows = rowPass(task)
    S.spectralFunctions.loops.correlate(
      &rows, sums, weights + shape.inputChannels * task.rank * shape.kernelHeight,
      task.output + filter * shape.positionCount + task.rows.lowerBound * shape.outputWidth)
  }

  /// The rows of a channel that a band reads: the image's own where vector loads may pass their end, or a copy.
  private func source(_ task: Task, _ channel: Int, border: UnsafeMutablePointer<S>) -> UnsafePointer<S> {
    let (width, height) = (shape.inputWidth, shape.inputHeight)
    let plane = task.image + channel * height * width
    let (first, count) = (task.rows.lowerBound * shape.strideY, sourceRows(task.rows.count))
    let own = first - shape.padding.top
    if own >= 0 && (own + count) * width + Self.slack <= height * width { return plane + own * width }
    for row in 0..<count {
      let (target, source) = (border + row * width, rows.sources[first + row])
      if source < 0 { target.clear(count: width) } else { target.update(from: plane + source * width, count: width) }
    }
    (border + count * width).clear(count: Self.slack)
    return UnsafePointer(border)
  }

  /// Extends rows of sums to the sides.
  @specialized(where S == Float)
  @specialized(where S == Double)
  private func extend(_ sums: UnsafeMutablePointer<S>, rows: Int) {
    let width = shape.paddedWidth
    for row in 0..<rows {
      let start = sums + row * width
      let samples = start + shape.padding.left
      for column in 0..<columns.inside.lowerBound {
        start[column] = columns.sources[column] < 0 ? 0 : samples[columns.sources[column]]
      }
      for column in columns.inside.upperBound..<width {
        start[column] = columns.sources[column] < 0 ? 0 : samples[columns.sources[column]]
      }
    }
    (sums + rows * width).clear(count: Self.slack)
  }

  private func columnPass(_ task: Task) -> correlate_shape {
    correlate_shape(
      input_channels: 1, output_channels: task.rank, kernel_height: shape.kernelHeight, kernel_width: 1,
      stride_y: shape.strideY, stride_x: 1, dilation_y: shape.dilationY, dilation_x: 1,
      input_row_stride: shape.inputWidth, input_plane_stride: 0, output_height: task.rows.count,
      output_width: shape.inputWidth, output_row_stride: shape.paddedWidth,
      output_plane_stride: task.rows.count * shape.paddedWidth)
  }

  private func rowPass(_ task: Task) -> correlate_shape {
    correlate_shape(
      input_channels: shape.inputChannels * task.rank, output_channels: 1, kernel_height: 1,
      kernel_width: shape.kernelWidth, stride_y: 1, stride_x: shape.strideX, dilation_y: 1,
      dilation_x: shape.dilationX, input_row_stride: shape.paddedWidth,
      input_plane_stride: task.rows.count * shape.paddedWidth, output_height: task.rows.count,
      output_width: shape.outputWidth, output_row_stride: shape.outputWidth, output_plane_stride: 0)
  }
}
