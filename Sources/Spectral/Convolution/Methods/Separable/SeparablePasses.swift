internal import CKernels
internal import Tensors

/// The two passes of a separable correlation, for bands of output rows whose sums stay in the processor's cache.
///
/// The first pass correlates the columns of the image with the columns of every term. The rows of sums are then extended
/// to the sides, as the image would have been, and the second pass correlates them with the rows of the terms and adds up
/// terms and channels in registers.
struct SeparablePasses<S: SpectralScalar>: Sendable {
  /// The sums of one band, a part of the second cache.
  private static var numbersOfBand: Int { 1 << 15 }
  /// The multiply-adds from which waking other threads pays.
  private static var smallestSharedWork: Int { 1 << 20 }

  let shape: ConvolutionShape
  private let columnShape: ConvolutionShape
  private let zone: CorrelationZone<S>
  private let rows: SeparableRows<S>

  init(_ shape: ConvolutionShape, _ boundary: Boundary) throws(InputError) {
    self.shape = shape
    columnShape = try ConvolutionShape(
      inputHeight: shape.inputHeight, inputWidth: shape.inputWidth, kernelHeight: shape.kernelHeight, kernelWidth: 1,
      strideY: shape.strideY, dilationY: shape.dilationY,
      padding: Padding(top: shape.padding.top, bottom: shape.padding.bottom, left: 0, right: 0))
    let (columns, axes) = (0..<shape.inputWidth, ExtendedAxes(columnShape, boundary))
    zone =
      shape.inputWidth >= 16
      ? CorrelationZone(of: columnShape, columns: columns, axes)
      : CorrelationZone(extending: columnShape, columns: columns, axes)
    let largest = min(shape.kernelHeight, shape.kernelWidth)
    let most = (1...largest).map { shape.inputChannels * $0 * Self.rowsOfBand(shape, rank: $0) }.max() ?? 1
    rows = try SeparableRows(shape, boundary, rowCount: most)
  }

  private static func rowsOfBand(_ shape: ConvolutionShape, rank: Int) -> Int {
    let fitting = numbersOfBand / max(1, shape.inputChannels * rank * shape.paddedWidth)
    return min(shape.outputHeight, max(4, fitting & ~3))
  }

  private var largestRank: Int { min(shape.kernelHeight, shape.kernelWidth) }

  /// The rank, then for each kernel the columns of its terms, and their rows.
  var bankCount: Int { aligned(1) + aligned(shape.outputChannels * weightsOfFilter(largestRank)) }

  private func weightsOfFilter(_ rank: Int) -> Int {
    rank * shape.inputChannels * (shape.kernelHeight + shape.kernelWidth)
  }

  /// The numbers that a worker needs, at most.
  var scratchCount: Int { (1...largestRank).map { scratch(Band(self, rank: $0)).count }.max() ?? 0 }

  /// Packs the terms of a bank; every kernel gets as many as the one that has most.
  func prepare(
    _ factors: [KernelFactors], into prepared: UnsafeMutablePointer<S>, index: (_ filter: Int, _ channel: Int) -> Int
  ) {
    let rank = factors.map(\.rank).max() ?? 0
    prepared[0] = S(rank)
    for filter in 0..<shape.outputChannels {
      var target = prepared + aligned(1) + filter * weightsOfFilter(rank)
      let own = (0..<shape.inputChannels).map { factors[index(filter, $0)].padded(to: rank, shape) }
      for factor in own { target = packColumns(factor, into: target) }
      for factor in own { target = rows.pack(factor, into: target) }
    }
  }

  private func packColumns(
    _ factors: KernelFactors, into packed: UnsafeMutablePointer<S>
  ) -> UnsafeMutablePointer<S> {
    var target = packed
    let axis = shape.rowPhases
    forEachPackedGroup(of: factors.rank) { terms in
      for phase in 0..<axis.count {
        for weight in axis.weights(of: phase) {
          for term in terms {
            target.pointee = S(factors.columns[term][weight])
            target += 1
          }
        }
      }
    }
    return target
  }

  func run(
    _ input: ImageBatch<S>, _ prepared: UnsafePointer<S>, into output: MutableImageBatch<S>,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    let rank = Int(prepared[0])
    guard rank > 0 else {
      for image in 0..<output.count { output[image].clear(count: shape.outputCount) }
      return
    }
    let band = Band(self, rank: rank)
    let work = input.count * shape.positionCount * weightsOfFilter(rank) * shape.outputChannels
    // Only read.
    nonisolated(unsafe) let bank = prepared + aligned(1)
    workspace.forEach(input.count * band.count, isShared: work >= Self.smallestSharedWork) { part, worker in
      let (image, place) = part.quotientAndRemainder(dividingBy: band.count)
      let first = place * band.height
      let scratch = worker.scratch(self.scratch(band).count)
      for filter in 0..<shape.outputChannels {
        compute(
          first..<min(first + band.height, shape.outputHeight), of: filter, rank, input[image],
          bank + filter * weightsOfFilter(rank), into: output[image], scratch)
      }
    }
  }

  /// How the output rows are cut for a rank.
  private struct Band {
    let rank: Int
    let height: Int
    let count: Int

    init(_ passes: SeparablePasses, rank: Int) {
      self.rank = rank
      height = SeparablePasses.rowsOfBand(passes.shape, rank: rank)
      count = (passes.shape.outputHeight + height - 1) / height
    }
  }

  /// Where sums, extended sums and extended rows of the image lie in scratch memory.
  private func scratch(_ band: Band) -> (extended: Int, image: Int, count: Int) {
    let sums = band.height * shape.inputChannels * band.rank
    let (extended, image) = (aligned(sums * shape.inputWidth), aligned(sums * rows.rowStride))
    let padded = columnShape.paddedRows(of: 0..<band.height).count
    return (extended, extended + image, extended + image + aligned(zone.extendedCount(rows: padded)))
  }

  /// A band of output rows of one filter.
  private func compute(
    _ outputs: Range<Int>, of filter: Int, _ rank: Int, _ image: UnsafePointer<S>, _ bank: UnsafePointer<S>,
    into output: UnsafeMutablePointer<S>, _ scratch: UnsafeMutablePointer<S>
  ) {
    let places = self.scratch(Band(self, rank: rank))
    let (plane, channels) = (rank * outputs.count * shape.inputWidth, shape.inputChannels)
    let padded = columnShape.paddedRows(of: outputs)
    for channel in 0..<channels {
      let source = ImageBatch(
        base: image + channel * shape.inputHeight * shape.inputWidth, count: 1, stride: shape.inputCount)
      var loop = zone.loop(columnShape, outputs.count, padded, images: 1)
      let samples = zone.place(columnShape, source, padded, scratch + places.image, &loop)
      loop.filters = rank
      loop.output_plane_stride = outputs.count * shape.inputWidth
      S.spectralFunctions.loops.direct(
        &loop, samples, bank + channel * rank * shape.kernelHeight, scratch + channel * plane)
    }
    rows.correlate(
      scratch, rows: outputs.count, planes: channels * rank, bank + channels * rank * shape.kernelHeight,
      into: output + filter * shape.positionCount + outputs.lowerBound * shape.outputWidth,
      extended: scratch + places.extended)
  }
}
