internal import CKernels
internal import Parallel
internal import Tensors

/// The sum over the kernel's weights on an extended image, in blocks of output rows, columns and filters that stay in
/// vector registers.
///
/// The adjoint of a unit-stride correlation is itself one, of the gradient with the flipped kernels of each input
/// channel. Where the padding consists of zeros and is less than the kernel, that gradient is extended by
/// kh − 1 − padding and the result is the image; elsewhere by kh − 1, and the result is folded like the extension.
struct DirectConvolution<S: SpectralScalar>: ConvolutionAlgorithm {
  /// Multiply-adds below which an image is not worth sharing among threads.
  private static var smallestSharedWork: Int { 1 << 20 }
  private static var rowsOfBand: Int { 32 }

  private let shape: ConvolutionShape
  private let image: Extension<S>
  private let adjoint: ConvolutionShape?
  private let gradient: Extension<S>?
  private let adjointIsFolded: Bool

  init(_ shape: ConvolutionShape, _ boundary: Boundary) {
    self.shape = shape
    image = Extension(shape, boundary)
    let (margin, isCropped) = Self.adjointPadding(shape, boundary)
    adjointIsFolded = !isCropped
    adjoint =
      shape.isDense
      ? try? ConvolutionShape(
        inputChannels: shape.outputChannels, outputChannels: shape.inputChannels, inputHeight: shape.outputHeight,
        inputWidth: shape.outputWidth, kernelHeight: shape.kernelHeight, kernelWidth: shape.kernelWidth,
        padding: margin) : nil
    gradient = adjoint.map { Extension($0, .zero) }
  }

  /// The extension of the gradient that the adjoint correlates, and whether the result is already the image.
  private static func adjointPadding(_ shape: ConvolutionShape, _ boundary: Boundary) -> (Padding, isCropped: Bool) {
    let (y, x, own) = (shape.kernelHeight - 1, shape.kernelWidth - 1, shape.padding)
    let isCropped = boundary == .zero && max(own.top, own.bottom) <= y && max(own.left, own.right) <= x
    return isCropped
      ? (Padding(top: y - own.top, bottom: y - own.bottom, left: x - own.left, right: x - own.right), true)
      : (Padding(top: y, bottom: y, left: x, right: x), false)
  }

  /// The packed bank, then what the adjoint reads.
  var preparedCount: Int { 2 * shape.kernelCount }

  func scratchCount(_ pass: ConvolutionPass) -> Int {
    switch pass {
    case .prepare: 0
    case .forward, .gradientKernel: image.count
    case .gradientInput: image.count + (gradient?.count ?? 0)
    }
  }

  func prepare(_ kernel: UnsafePointer<S>, into prepared: UnsafeMutablePointer<S>, scratch: UnsafeMutablePointer<S>) {
    let taps = shape.windowCount
    pack(filters: shape.outputChannels, taps: taps, into: prepared) { filter, tap in kernel[filter * taps + tap] }
    let second = prepared + shape.kernelCount
    guard let adjoint else {
      second.update(from: kernel, count: shape.kernelCount)
      return
    }
    let area = shape.kernelHeight * shape.kernelWidth
    pack(filters: adjoint.outputChannels, taps: adjoint.windowCount, into: second) { channel, tap in
      let (filter, place) = (tap / area, tap % area)
      return kernel[(filter * shape.inputChannels + channel) * area + area - 1 - place]
    }
  }

  func forward(
    _ input: UnsafePointer<S>, _ kernel: UnsafePointer<S>, into output: UnsafeMutablePointer<S>, images: Int,
    scratch: UnsafeMutablePointer<S>
  ) {
    for index in 0..<images {
      image.extend(input + index * shape.inputCount, into: scratch)
      correlate(shape, scratch, kernel, into: output + index * shape.outputCount)
    }
  }

  func gradientInput(
    _ outputGradient: UnsafePointer<S>, _ kernel: UnsafePointer<S>, into inputGradient: UnsafeMutablePointer<S>,
    images: Int, scratch: UnsafeMutablePointer<S>
  ) {
    let bank = kernel + shape.kernelCount
    for index in 0..<images {
      let from = outputGradient + index * shape.outputCount
      let to = inputGradient + index * shape.inputCount
      if let adjoint, let gradient {
        gradient.extend(from, into: scratch + image.count)
        correlate(adjoint, scratch + image.count, bank, into: adjointIsFolded ? scratch : to)
      } else {
        scratch.clear(count: image.count)
        withUnsafePointer(to: shape.correlation) { S.spectralFunctions.loops.correlateAdjoint($0, from, bank, scratch) }
      }
      if adjointIsFolded || adjoint == nil { image.fold(scratch, into: to) }
    }
  }

  func gradientKernel(
    _ input: UnsafePointer<S>, _ outputGradient: UnsafePointer<S>, addingTo kernelGradient: UnsafeMutablePointer<S>,
    images: Int, scratch: UnsafeMutablePointer<S>
  ) {
    for index in 0..<images {
      image.extend(input + index * shape.inputCount, into: scratch)
      withUnsafePointer(to: shape.correlation) {
        S.spectralFunctions.loops.correlateGradient(
          $0, scratch, outputGradient + index * shape.outputCount, kernelGradient)
      }
    }
  }

  private func correlate(
    _ shape: ConvolutionShape, _ extended: UnsafePointer<S>, _ bank: UnsafePointer<S>,
    into output: UnsafeMutablePointer<S>
  ) {
    let work = shape.positionCount * shape.kernelCount
    let isShared = work >= Self.smallestSharedWork && shape.outputHeight > Self.rowsOfBand
    let rows = isShared ? Self.rowsOfBand : shape.outputHeight
    // Read or written in parts that do not overlap.
    nonisolated(unsafe) let (extended, bank, output) = (extended, bank, output)
    parallelFor((shape.outputHeight + rows - 1) / rows) { band in
      var part = shape.correlation
      part.output_height = min(rows, shape.outputHeight - band * rows)
      S.spectralFunctions.loops.correlate(
        &part, extended + band * rows * shape.strideY * shape.paddedWidth, bank,
        output + band * rows * shape.outputWidth)
    }
  }
}
