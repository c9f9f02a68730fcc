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
    blockCount = min(shape.positionCount, max(64, (1 << 17) / shape.windowCount))
  }

  var preparedCount: Int { shape.kernelCount }

  func scratchCount(_ pass: ConvolutionPass) -> Int {
    pass == .prepare ? 0 : image.count + shape.windowCount * blockCount
  }

  func prepare(_ kernel: UnsafePointer<S>, into prepared: UnsafeMutablePointer<S>, scratch: UnsafeMutablePointer<S>) {
    prepared.update(from: kernel, count: shape.kernelCount)
  }

  func forward(
    _ input: UnsafePointer<S>, _ kernel: UnsafePointer<S>, into output: UnsafeMutablePointer<S>, images: Int,
    scratch: UnsafeMutablePointer<S>
  ) {
    let columns = scratch + image.count
    for index in 0..<images {
      image.extend(input + index * shape.inputCount, into: scratch)
      let target = output + index * shape.outputCount
      forEachBlock { correlation, first, count in
        S.spectralFunctions.loops.gatherColumns(correlation, scratch, first, count, columns)
        S.matrixMultiply(
          (shape.outputChannels, count, shape.windowCount), alpha: 1,
          MatrixOperand(kernel, rowStride: shape.windowCount), MatrixOperand(columns, rowStride: count), beta: 0,
          into: MatrixResult(target + first, rowStride: shape.positionCount))
      }
    }
  }

  func gradientInput(
    _ outputGradient: UnsafePointer<S>, _ kernel: UnsafePointer<S>, into inputGradient: UnsafeMutablePointer<S>,
    images: Int, scratch: UnsafeMutablePointer<S>
  ) {
    let columns = scratch + image.count
    for index in 0..<images {
      let from = outputGradient + index * shape.outputCount
      scratch.clear(count: image.count)
      forEachBlock { correlation, first, count in
        S.matrixMultiply(
          (shape.windowCount, count, shape.outputChannels), alpha: 1,
          MatrixOperand(kernel, rowStride: shape.windowCount, isTransposed: true),
          MatrixOperand(from + first, rowStride: shape.positionCount), beta: 0,
          into: MatrixResult(columns, rowStride: count))
        S.spectralFunctions.loops.scatterColumns(correlation, columns, first, count, scratch)
      }
      image.fold(scratch, into: inputGradient + index * shape.inputCount)
    }
  }

  func gradientKernel(
    _ input: UnsafePointer<S>, _ outputGradient: UnsafePointer<S>, addingTo kernelGradient: UnsafeMutablePointer<S>,
    images: Int, scratch: UnsafeMutablePointer<S>
  ) {
    let columns = scratch + image.count
    for index in 0..<images {
      image.extend(input + index * shape.inputCount, into: scratch)
      let from = outputGradient + index * shape.outputCount
      forEachBlock { correlation, first, count in
        S.spectralFunctions.loops.gatherColumns(correlation, scratch, first, count, columns)
        S.matrixMultiply(
          (shape.outputChannels, shape.windowCount, count), alpha: 1,
          MatrixOperand(from + first, rowStride: shape.positionCount),
          MatrixOperand(columns, rowStride: count, isTransposed: true), beta: 1,
          into: MatrixResult(kernelGradient, rowStride: shape.windowCount))
      }
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
