internal import CKernels
internal import Tensors

/// The windows of an image as the columns of a matrix `[C·kh·kw, positions]`, which the bank `[F, C·kh·kw]` multiplies.
///
/// The matrix is made for a block of positions at a time, small enough to stay in the processor's cache.
///
/// Source: K. Chellapilla, S. Puri, P. Simard, *High performance convolutional neural networks for document
/// processing*, IWFHR 2006.
struct Im2colConvolution<S: SpectralScalar>: ConvolutionAlgorithm {
  private let shape: ConvolutionShape
  private let image: Extension<S>
  private let blockCount: Int

  init(_ shape: ConvolutionShape, _ boundary: Boundary) {
    self.shape = shape
    image = Extension(shape, boundary)
    blockCount = min(shape.positionCount, max(64, (1 << 17) / shape.tapCount))
  }

  var preparedCount: Int { shape.kernelCount }
  var recordCount: Int { 0 }

  func scratchCount(images: Int, workers: Int) -> Int { image.count + shape.tapCount * blockCount }

  func prepare(
    _ kernel: UnsafePointer<S>, into prepared: UnsafeMutablePointer<S>, _ workspace: ConvolutionWorkspace<S>
  ) {
    prepared.update(from: kernel, count: shape.kernelCount)
  }

  func forward(
    _ input: ImageBatch<S>, _ kernel: UnsafePointer<S>, into output: MutableImageBatch<S>,
    record: UnsafeMutablePointer<S>?, _ workspace: ConvolutionWorkspace<S>
  ) {
    let scratch = workspace.scratch(scratchCount(images: 1, workers: 1))
    let columns = scratch + image.count
    for index in 0..<input.count {
      image.extend(input[index], into: scratch)
      let target = output[index]
      forEachBlock { correlation, first, count in
        S.spectralFunctions.loops.gatherColumns(correlation, scratch, first, count, columns)
        S.matrixMultiply(
          (shape.outputChannels, count, shape.tapCount), alpha: 1,
          MatrixOperand(kernel, rowStride: shape.tapCount), MatrixOperand(columns, rowStride: count), beta: 0,
          into: MatrixResult(target + first, rowStride: shape.positionCount))
      }
    }
  }

  func backward(
    _ outputGradient: ImageBatch<S>, toInput: InputGradient<S>?, toKernel: KernelGradient<S>?,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    let scratch = workspace.scratch(scratchCount(images: 1, workers: 1))
    for index in 0..<outputGradient.count {
      if let toInput {
        gradientInput(outputGradient[index], toInput.kernel, into: toInput.target[index], scratch)
      }
      if let toKernel {
        gradientKernel(toKernel.input[index], outputGradient[index], addingTo: toKernel.target, scratch)
      }
    }
  }

  private func gradientInput(
    _ outputGradient: UnsafePointer<S>, _ kernel: UnsafePointer<S>, into inputGradient: UnsafeMutablePointer<S>,
    _ scratch: UnsafeMutablePointer<S>
  ) {
    let columns = scratch + image.count
    scratch.clear(count: image.count)
    forEachBlock { correlation, first, count in
      S.matrixMultiply(
        (shape.tapCount, count, shape.outputChannels), alpha: 1,
        MatrixOperand(kernel, rowStride: shape.tapCount, isTransposed: true),
        MatrixOperand(outputGradient + first, rowStride: shape.positionCount), beta: 0,
        into: MatrixResult(columns, rowStride: count))
      S.spectralFunctions.loops.scatterColumns(correlation, columns, first, count, scratch)
    }
    image.fold(scratch, into: inputGradient)
  }

  private func gradientKernel(
    _ input: UnsafePointer<S>, _ outputGradient: UnsafePointer<S>, addingTo kernelGradient: UnsafeMutablePointer<S>,
    _ scratch: UnsafeMutablePointer<S>
  ) {
    let columns = scratch + image.count
    image.extend(input, into: scratch)
    forEachBlock { correlation, first, count in
      S.spectralFunctions.loops.gatherColumns(correlation, scratch, first, count, columns)
      S.matrixMultiply(
        (shape.outputChannels, shape.tapCount, count), alpha: 1,
        MatrixOperand(outputGradient + first, rowStride: shape.positionCount),
        MatrixOperand(columns, rowStride: count, isTransposed: true), beta: 1,
        into: MatrixResult(kernelGradient, rowStride: shape.tapCount))
    }
  }

  private func forEachBlock(_ body: (UnsafePointer<correlate_shape>, _ first: Int, _ count: Int) -> Void) {
    withUnsafePointer(to: shape.correlation) { correlation in
      for first in stride(from: 0, to: shape.positionCount, by: blockCount) {
        body(correlation, first, min(blockCount, shape.positionCount - first))
      }
    }
  }
}
