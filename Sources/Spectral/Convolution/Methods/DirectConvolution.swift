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
      shape.hasUnitStride
      ? try? ConvolutionShape(
        inputChannels: shape.outputChannels, outputChannels: shape.inputChannels, inputHeight: shape.outputHeight,
        inputWidth: shape.outputWidth, kernelHeight: shape.kernelHeight, kernelWidth: shape.kernelWidth,
        dilationY: shape.dilationY, dilationX: shape.dilationX, padding: margin) : nil
    gradient = adjoint.map { Extension($0, .zero) }
  }

  /// The extension of the gradient that the adjoint correlates, and whether the result is already the image.
  private static func adjointPadding(_ shape: ConvolutionShape, _ boundary: Boundary) -> (Padding, isCropped: Bool) {
    let (y, x, own) = (shape.windowHeight - 1, shape.windowWidth - 1, shape.padding)
    let isCropped = boundary == .zero && max(own.top, own.bottom) <= y && max(own.left, own.right) <= x
    return isCropped
      ? (Padding(top: y - own.top, bottom: y - own.bottom, left: x - own.left, right: x - own.right), true)
      : (Padding(top: y, bottom: y, left: x, right: x), false)
  }

  /// The packed bank, then what the adjoint reads.
  var preparedCount: Int { 2 * shape.kernelCount }
  var recordCount: Int { 0 }

  func scratchCount(images: Int, workers: Int) -> Int { image.count + (gradient?.count ?? 0) }

  func prepare(
    _ kernel: UnsafePointer<S>, into prepared: UnsafeMutablePointer<S>, _ workspace: ConvolutionWorkspace<S>
  ) {
    let taps = shape.tapCount
    pack(filters: shape.outputChannels, taps: taps, into: prepared) { filter, tap in kernel[filter * taps + tap] }
    let second = prepared + shape.kernelCount
    guard let adjoint else {
      second.update(from: kernel, count: shape.kernelCount)
      return
    }
    let area = shape.kernelHeight * shape.kernelWidth
    pack(filters: adjoint.outputChannels, taps: adjoint.tapCount, into: second) { channel, tap in
      let (filter, place) = (tap / area, tap % area)
      return kernel[(filter * shape.inputChannels + channel) * area + area - 1 - place]
    }
  }

  func forward(
    _ input: ImageBatch<S>, _ kernel: UnsafePointer<S>, into output: MutableImageBatch<S>,
    record: UnsafeMutablePointer<S>?, _ workspace: ConvolutionWorkspace<S>
  ) {
    let extended = workspace.scratch(image.count)
    for index in 0..<input.count {
      image.extend(input[index], into: extended)
      correlate(shape, extended, kernel, into: output[index])
    }
  }

  func backward(
    _ outputGradient: ImageBatch<S>, toInput: InputGradient<S>?, toKernel: KernelGradient<S>?,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    let scratch = workspace.scratch(scratchCount(images: 1, workers: 1))
    for index in 0..<outputGradient.count {
      if let toInput {
        gradientInput(
          outputGradient[index], toInput.kernel + shape.kernelCount, into: toInput.target[index], scratch)
      }
      if let toKernel {
        image.extend(toKernel.input[index], into: scratch)
        withUnsafePointer(to: shape.correlation) {
          S.spectralFunctions.loops.correlateGradient($0, scratch, outputGradient[index], toKernel.target)
        }
      }
    }
  }

  private func gradientInput(
    _ outputGradient: UnsafePointer<S>, _ bank: UnsafePointer<S>, into inputGradient: UnsafeMutablePointer<S>,
    _ scratch: UnsafeMutablePointer<S>
  ) {
    if let adjoint, let gradient {
      gradient.extend(outputGradient, into: scratch + image.count)
      correlate(adjoint, scratch + image.count, bank, into: adjointIsFolded ? scratch : inputGradient)
    } else {
      scratch.clear(count: image.count)
      withUnsafePointer(to: shape.correlation) {
        S.spectralFunctions.loops.correlateAdjoint($0, outputGradient, bank, scratch)
      }
    }
    if adjointIsFolded || adjoint == nil { image.fold(scratch, into: inputGradient) }
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
