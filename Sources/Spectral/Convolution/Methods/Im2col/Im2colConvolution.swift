internal import CKernels
internal import Parallel
internal import Tensors

/// The windows of images as the columns of a matrix `[C·kh·kw, positions]`, which the bank `[F, C·kh·kw]` multiplies.
///
/// A product takes a block of positions of one image, small enough for the processor's cache, or all positions of several
/// small images. The windows of a 1×1 kernel of unit stride are the image itself.
///
/// Source: K. Chellapilla, S. Puri, P. Simard, *High performance convolutional neural networks for document
/// processing*, IWFHR 2006.
struct Im2colConvolution<S: SpectralScalar>: ConvolutionAlgorithm {
  let shape: ConvolutionShape
  let image: Extension<S>
  /// The positions of a block, of one image.
  let positionsOfBlock: Int
  /// The images that share a product.
  let imagesOfGroup: Int
  /// The products of an image.
  let blocksOfImage: Int
  /// Whether an image already is the matrix of its windows.
  let isItsOwnMatrix: Bool

  init(_ shape: ConvolutionShape, _ boundary: Boundary) {
    self.shape = shape
    image = Extension(shape, boundary)
    let blocks = Self.blocks(of: shape)
    (positionsOfBlock, imagesOfGroup, blocksOfImage) = (blocks.positions, blocks.images, blocks.ofImage)
    isItsOwnMatrix = Self.isItsOwnMatrix(shape)
  }

  /// The positions and the images of a product, and the products that an image's positions take.
  static func blocks(of shape: ConvolutionShape) -> (positions: Int, images: Int, ofImage: Int) {
    let positions = min(shape.positionCount, max(64, (1 << 17) / shape.tapCount))
    let images = isItsOwnMatrix(shape) ? 1 : max(1, 64 / shape.positionCount)
    return (positions, images, (shape.positionCount + positions - 1) / positions)
  }

  /// Whether an image already is the matrix of its windows.
  static func isItsOwnMatrix(_ shape: ConvolutionShape) -> Bool {
    shape.kernelHeight == 1 && shape.kernelWidth == 1 && shape.hasUnitStride && shape.padding == Padding(0)
  }

  /// The most parts that blocks are shared out in.
  static var mostParts: Int { 8 }
  var columnCount: Int { imagesOfGroup * positionsOfBlock }
  var matrixCount: Int { aligned(shape.tapCount * columnCount) }
  /// The extended images, the matrix of their windows, and that of their outputs.
  var taskScratchCount: Int { imagesOfGroup * image.count + matrixCount + shape.outputChannels * columnCount }

  var preparedCount: Int { shape.kernelCount }
  func recordCount(images: Int) -> Int { 0 }

  func scratchCount(images: Int, workers: Int) -> Int {
    workers * taskScratchCount + partCount(blockCount(images)) * aligned(shape.kernelCount)
  }

  func prepare(
    _ kernel: UnsafePointer<S>, into prepared: UnsafeMutablePointer<S>, _ workspace: ConvolutionWorkspace<S>
  ) {
    prepared.update(from: kernel, count: shape.kernelCount)
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(
    _ input: ImageBatch<S>, _ kernel: UnsafePointer<S>, into output: MutableImageBatch<S>,
    record: UnsafeMutablePointer<S>?, _ workspace: ConvolutionWorkspace<S>
  ) {
    // Only read.
    nonisolated(unsafe) let kernel = kernel
    forEachPart(of: blockCount(input.count), workspace) { _, blocks, scratch in
      forEachMatrix(blocks, of: input, scratch) { block, matrix in
        let isWhole = block.images.count == 1
        let target = output[block.images.lowerBound] + block.first
        let product = isWhole ? target : scratch + imagesOfGroup * image.count + matrixCount
        let stride = isWhole ? shape.positionCount : block.columns
        S.matrixMultiply(
          (shape.outputChannels, block.columns, shape.tapCount), alpha: 1,
          MatrixOperand(kernel, rowStride: shape.tapCount), matrix, beta: 0,
          into: MatrixResult(product, rowStride: stride))
        if !isWhole { spread(product, into: output[block.images]) }
      }
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(
    _ outputGradient: ImageBatch<S>, toInput: InputGradient<S>?, toKernel: KernelGradient<S>?,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    if let toInput { gradientInput(outputGradient, toInput, workspace) }
    if let toKernel { gradientKernel(outputGradient, toKernel, workspace) }
  }

  private func gradientInput(
    _ outputGradient: ImageBatch<S>, _ input: InputGradient<S>, _ workspace: ConvolutionWorkspace<S>
  ) {
    let groups = (outputGradient.count + imagesOfGroup - 1) / imagesOfGroup
    workspace.reserve(workers: ThreadPool.current.workerCount)
    parallelFor(groups) { group, worker in
      let scratch = workspace.worker(worker).scratch(taskScratchCount)
      let matrix = scratch + imagesOfGroup * image.count
      let first = group * imagesOfGroup
      let images = first..<min(first + imagesOfGroup, outputGradient.count)
      if !isItsOwnMatrix { scratch.clear(count: images.count * image.count) }
      for block in 0..<blocksOfImage {
        let block = self.block(images, block)
        let columns = isItsOwnMatrix ? input.target[first] + block.first : matrix
        let stride = isItsOwnMatrix ? shape.positionCount : block.columns
        S.matrixMultiply(
          (shape.tapCount, block.columns, shape.outputChannels), alpha: 1,
          MatrixOperand(input.kernel, rowStride: shape.tapCount, isTransposed: true),
          outputs(outputGradient, block, matrix + matrixCount), beta: 0,
          into: MatrixResult(columns, rowStride: stride))
        if !isItsOwnMatrix { scatter(columns, block, into: scratch) }
      }
      guard !isItsOwnMatrix else { return }
      for index in images { image.fold(scratch + (index - first) * image.count, into: input.target[index]) }
    }
  }

  /// Sums each part by itself, and then the parts in their order.
  private func gradientKernel(
    _ outputGradient: ImageBatch<S>, _ kernel: KernelGradient<S>, _ workspace: ConvolutionWorkspace<S>
  ) {
    let count = blockCount(outputGradient.count)
    let stride = aligned(shape.kernelCount)
    // Written in parts that do not overlap.
    nonisolated(unsafe) let sums = workspace.scratch(partCount(count) * stride)
    forEachPart(of: count, workspace) { part, blocks, scratch in
      let first = blocks.lowerBound
      forEachMatrix(blocks, of: kernel.input, isTransposed: true, scratch) { block, matrix in
        let gradient = outputs(outputGradient, block, scratch + imagesOfGroup * image.count + matrixCount)
        S.matrixMultiply(
          (shape.outputChannels, shape.tapCount, block.columns), alpha: 1, gradient, matrix,
          beta: block.index > first ? 1 : 0, into: MatrixResult(sums + part * stride, rowStride: shape.tapCount))
      }
    }
    let target = UnsafeMutableBufferPointer(start: kernel.target, count: shape.kernelCount)
    for part in 0..<partCount(count) {
      S.axpy(1, UnsafeBufferPointer(start: sums + part * stride, count: shape.kernelCount), target)
    }
  }
}
