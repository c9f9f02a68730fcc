internal import CKernels
internal import Tensors

/// The gradient of a bank: for each weight, the sum over all outputs of their gradients times the samples that the weight
/// meets.
///
/// A batch is cut into at most `mostParts` parts, by images and, where these are few, by bands of rows. Each part has sums
/// of its own, which are added in the order of the parts.
struct DirectKernelGradient<S: SpectralScalar>: Sendable {
  private static var mostParts: Int { 16 }
  private static var smallestBand: Int { 16 }
  /// The numbers of extended images that stay in the second cache.
  private static var cachedCount: Int { 1 << 16 }

  private let shape: ConvolutionShape
  private let samples: CorrelationZone<S>
  /// Gives each row of gradients zeros up to a whole number of vectors; `nil` where it is one already.
  private let gradients: Extension<S>?
  private let cachedRows: Int
  private let cachedImages: Int

  init(_ shape: ConvolutionShape, _ boundary: Boundary) throws(InputError) {
    self.shape = shape
    samples = CorrelationZone(extending: shape, columns: 0..<shape.outputWidth, boundary, isFilled: true)
    let width = aligned(shape.outputWidth)
    let outputs = try ConvolutionShape(
      inputChannels: shape.outputChannels, inputHeight: shape.outputHeight, inputWidth: shape.outputWidth,
      kernelHeight: 1, kernelWidth: 1, padding: Padding(top: 0, bottom: 0, left: 0, right: width - shape.outputWidth))
    gradients = width == shape.outputWidth ? nil : Extension(outputs, .zero)
    let rowCount = samples.extendedCount(rows: shape.strideY) + shape.outputChannels * width
    cachedImages = max(1, Self.cachedCount / 4 / (rowCount * shape.outputHeight))
    cachedRows = min(shape.outputHeight, max(Self.smallestBand, Self.cachedCount / rowCount))
  }

  /// The numbers of scratch memory of one thread.
  var scratchCount: Int { sampleCount + gradientCount }

  /// The numbers that the sums of the parts take.
  var sumCount: Int { Self.mostParts * shape.kernelCount }

  /// Adds the gradient of the bank, with the scratch memory of `workspace` for the sums of the parts.
  func run(
    _ input: ImageBatch<S>, _ outputGradient: ImageBatch<S>, addingTo target: UnsafeMutablePointer<S>,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    let chunk = (input.count + Self.mostParts - 1) / Self.mostParts
    let chunks = (input.count + chunk - 1) / chunk
    let bands = max(1, min(Self.mostParts / chunks, shape.outputHeight / Self.smallestBand))
    let work = input.count * shape.positionCount * shape.kernelCount
    nonisolated(unsafe) let sums = workspace.scratch(sumCount)
    workspace.forEach(chunks * bands, isShared: work >= Correlation<S>.smallestSharedWork) { part, workspace in
      let (first, band) = (part / bands * chunk, part % bands)
      let images = first..<min(first + chunk, input.count)
      let rows = shape.outputHeight * band / bands..<shape.outputHeight * (band + 1) / bands
      let partSums = sums + part * shape.kernelCount
      partSums.clear(count: shape.kernelCount)
      for first in stride(from: rows.lowerBound, to: rows.upperBound, by: cachedRows) {
        let part = first..<min(first + cachedRows, rows.upperBound)
        for first in stride(from: images.lowerBound, to: images.upperBound, by: cachedImages) {
          let images = first..<min(first + cachedImages, images.upperBound)
          add(input[images], outputGradient[images], rows: part, to: partSums, workspace)
        }
      }
    }
    for part in 0..<chunks * bands { unpack(sums + part * shape.kernelCount, addingTo: target) }
  }

  private var sampleCount: Int {
    cachedImages * samples.extendedCount(rows: shape.paddedRows(of: 0..<cachedRows).count)
  }
  private var gradientCount: Int {
    gradients.map { cachedImages * cachedRows * $0.rowStride * shape.outputChannels } ?? 0
  }

  /// Adds what some rows of images' outputs contribute.
  private func add(
    _ input: ImageBatch<S>, _ outputGradient: ImageBatch<S>, rows: Range<Int>, to sums: UnsafeMutablePointer<S>,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    let scratch = workspace.scratch(scratchCount)
    let padded = shape.paddedRows(of: rows)
    var loop = samples.loop(shape, rows.count, padded, images: input.count)
    let first = samples.place(shape, input, padded, scratch, &loop)
    let gradient = place(outputGradient, rows, scratch + sampleCount, &loop)
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
    for image in 0..<outputGradient.count {
      gradients.extend(outputGradient[image], rows: rows, into: scratch + image * loop.output_image_stride)
    }
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
