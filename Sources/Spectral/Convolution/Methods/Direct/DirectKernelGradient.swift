internal import CKernels
internal import Tensors

/// The gradient of a bank: for each weight, the sum over all outputs of their gradients times the samples that the weight
/// meets.
///
/// Each part of the outputs has sums of its own, which are added in the order of the parts.
struct DirectKernelGradient<S: SpectralScalar>: Sendable {
  private let shape: ConvolutionShape
  private let samples: CorrelationZone<S>
  /// Gives each row of gradients zeros up to a whole number of vectors; `nil` where it is one already.
  private let gradients: Extension<S>?

  /// Prepares the sums.
  ///
  /// - Parameters:
  ///   - shape: The sizes.
  ///   - boundary: What the padding consists of.
  ///   - gradientRows: The extension of the gradients, `gradientRows(of:)`.
  init(_ shape: ConvolutionShape, _ boundary: Boundary, gradientRows: ConvolutionShape) {
    self.shape = shape
    samples = CorrelationZone(
      extending: shape, columns: 0..<shape.outputWidth, ExtendedAxes(shape, boundary), isFilled: true)
    gradients = gradientRows.padding.right == 0 ? nil : Extension(gradientRows, .zero)
  }

  /// The outputs of a shape as images whose rows are extended to whole vectors.
  static func gradientRows(of shape: ConvolutionShape) throws(InputError) -> ConvolutionShape {
    let rest = aligned(shape.outputWidth) - shape.outputWidth
    return try ConvolutionShape(
      inputChannels: shape.outputChannels, inputHeight: shape.outputHeight, inputWidth: shape.outputWidth,
      kernelHeight: 1, kernelWidth: 1, padding: Padding(top: 0, bottom: 0, left: 0, right: rest))
  }

  /// The numbers of scratch memory of so many threads, and of the sums.
  func scratchCount(images: Int, workers: Int) -> Int {
    let partition = partition(images)
    return partition.count * shape.kernelCount + min(workers, partition.count) * blockCount(partition)
  }

  /// Adds the gradient of the bank, with the scratch memory of `workspace` for the sums of the parts.
  func run(
    _ input: ImageBatch<S>, _ outputGradient: ImageBatch<S>, addingTo target: UnsafeMutablePointer<S>,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    let partition = partition(input.count)
    let work = input.count * shape.positionCount * shape.kernelCount
    // Each part has sums of its own.
    nonisolated(unsafe) let sums = workspace.scratch(partition.count * shape.kernelCount)
    workspace.forEach(partition.count, isShared: work >= CorrelationPartition.smallestSharedWork) { part, workspace in
      let sums = sums + part * shape.kernelCount
      let scratch = workspace.scratch(blockCount(partition))
      sums.clear(count: shape.kernelCount)
      partition.forEachBlock(of: part) { images, rows in
        add(input[images], outputGradient[images], rows: rows, to: sums, scratch)
      }
    }
    for part in 0..<partition.count { unpack(sums + part * shape.kernelCount, addingTo: target) }
  }

  private func partition(_ images: Int) -> GradientPartition {
    let samples = samples.extendedCount(rows: shape.strideY)
    return GradientPartition(
      images: images, height: shape.outputHeight,
      rowCount: samples + shape.outputChannels * aligned(shape.outputWidth))
  }

  /// The numbers of scratch memory of a block.
  private func blockCount(_ partition: GradientPartition) -> Int {
    let padded = shape.paddedRows(of: 0..<partition.rowsOfBlock)
    let gradientCount = gradients.map { partition.rowsOfBlock * $0.rowStride * shape.outputChannels } ?? 0
    return partition.imagesOfBlock * (samples.extendedCount(rows: padded.count) + gradientCount)
  }

  /// Adds what some rows of images' outputs contribute.
  private func add(
    _ input: ImageBatch<S>, _ outputGradient: ImageBatch<S>, rows: Range<Int>, to sums: UnsafeMutablePointer<S>,
    _ scratch: UnsafeMutablePointer<S>
  ) {
    let padded = shape.paddedRows(of: rows)
    var loop = samples.loop(shape, rows.count, padded, images: input.count)
    let first = samples.place(shape, input, padded, scratch, &loop)
    let gradient = place(outputGradient, rows, scratch + input.count * loop.input_image_stride, &loop)
    S.spectralFunctions.loops.directGradient(&loop, first, gradient, sums)
  }

  /// Extends rows of gradients, where that is needed, and tells a loop where it finds them.
  private func place(
    _ outputGradient: ImageBatch<S>, _ rows: Range<Int>, _ scratch: UnsafeMutablePointer<S>, _ loop: inout direct_shape
  ) -> UnsafePointer<S> {
    guard let gradients else {
      loop.output_image_stride = outputGradient.stride
      return outputGradient.base + rows.lowerBound * shape.outputWidth
    }
    loop.output_width = gradients.rowStride
    loop.output_row_stride = gradients.rowStride
    loop.output_plane_stride = rows.count * gradients.rowStride
    loop.output_image_stride = loop.output_plane_stride * shape.outputChannels
    gradients.extend(outputGradient, rows: rows, into: scratch)
    return UnsafePointer(scratch)
  }

  private func unpack(_ sums: UnsafePointer<S>, addingTo target: UnsafeMutablePointer<S>) {
    var next = sums
    for filter in 0..<shape.outputChannels * shape.inputChannels {
      let kernel = target + filter * shape.kernelHeight * shape.kernelWidth
      shape.forEachPhase { rows, columns in
        for row in rows {
          for column in columns {
            kernel[row * shape.kernelWidth + column] += next.pointee
            next += 1
          }
        }
      }
    }
  }
}
