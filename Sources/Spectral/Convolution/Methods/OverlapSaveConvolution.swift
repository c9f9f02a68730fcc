internal import Parallel
internal import Tensors

/// Products of spectra of overlapping tiles that stay in the processor's cache.
///
/// With ẑ the transform of a complex tile z = a + ib of two tiles of the extended image, and k̂ that of the kernel,
/// spread by its dilation: ẑ·k̂* belongs to (a ⋆ k) + i(b ⋆ k), of which the first L − K + 1 places of each axis, K the
/// window, are free of the tile's period. The adjoint convolves tiles of the gradient, spread by the stride, by ẑ·k̂, of
/// which the last L − K + 1 are. With ŵ the transform of two tiles of the gradient, ẑ·ŵ* belongs to a number whose real
/// part is the sum of both tiles' gradients of the kernel.
///
/// Source: A. V. Oppenheim, R. W. Schafer, *Discrete-Time Signal Processing*, section 8.7.3 (overlap-save).
struct OverlapSaveConvolution<S: SpectralScalar>: ConvolutionAlgorithm {
  let shape: ConvolutionShape
  let geometry: TileGeometry
  let transform: TileTransform<S>

  private let correlation: TileCorrelation<S>
  private let adjoint: TileCorrelation<S>
  /// The fold of an adjoint whose padding does not consist of zeros.
  private let fold: Extension<S>?

  init(_ shape: ConvolutionShape, _ boundary: Boundary) {
    self.shape = shape
    geometry = TileGeometry(shape, as: S.self)
    transform = TileTransform(height: geometry.rows.length, width: geometry.columns.length)
    let axes = Self.axes(shape, boundary, geometry)
    correlation = TileCorrelation(
      rows: axes.rows, columns: axes.columns, sources: shape.inputChannels, targets: shape.outputChannels,
      strides: (1, shape.inputChannels), conjugates: true, transform: transform)
    let isCropped = boundary == .zero
    let adjointAxes = Self.adjointAxes(shape, geometry, isCropped: isCropped)
    adjoint = TileCorrelation(
      rows: adjointAxes.rows, columns: adjointAxes.columns, sources: shape.outputChannels, targets: shape.inputChannels,
      strides: (shape.inputChannels, 1), conjugates: false, transform: transform)
    fold = isCropped ? nil : Extension(shape, boundary)
  }

  var preparedCount: Int { shape.inputChannels * shape.outputChannels * transform.count }
  func recordCount(images: Int) -> Int { 0 }

  func scratchCount(images: Int, workers: Int) -> Int {
    workers * max(correlation.scratchCount, adjoint.scratchCount, 2 * transform.bufferCount) + (fold?.count ?? 0)
      + KernelGradientTiles(shape, correlation).scratchCount(images: images, workers: workers)
  }

  /// The kernels of a bank are shared among the threads, and a single kernel's blocks of rows and columns.
  func prepare(
    _ kernel: UnsafePointer<S>, into prepared: UnsafeMutablePointer<S>, _ workspace: ConvolutionWorkspace<S>
  ) {
    nonisolated(unsafe) let (kernel, prepared) = (kernel, prepared)
    let bank = shape.outputChannels * shape.inputChannels
    workspace.reserve(workers: ThreadPool.current.workerCount)
    forEachPart(of: transform.rowBlocks, bank) { index, blocks, worker in
      spread(
        kernel + index * shape.kernelHeight * shape.kernelWidth, blocks, into: prepared + index * transform.count,
        buffers(workspace.worker(worker)))
    }
    forEachPart(of: transform.columnBlocks, bank) { index, blocks, worker in
      transform.finish(blocks, of: prepared + index * transform.count, buffers(workspace.worker(worker)))
    }
  }

  private func forEachPart(
    of blocks: Range<Int>, _ bank: Int, _ body: @Sendable (_ index: Int, _ blocks: Range<Int>, _ worker: Int) -> Void
  ) {
    let parts = bank == 1 ? min(blocks.count, 8) : 1
    parallelFor(bank * parts) { task, worker in
      let (index, part) = task.quotientAndRemainder(dividingBy: parts)
      body(index, part * blocks.count / parts..<(part + 1) * blocks.count / parts, worker)
    }
  }

  private func buffers(_ workspace: ConvolutionWorkspace<S>) -> TileBuffers<S> {
    let memory = workspace.scratch(2 * transform.bufferCount)
    return TileBuffers(first: memory, second: memory + transform.bufferCount)
  }

  /// The first pass of a kernel's transform, divided by the number of points, which the backward transform leaves to do.
  @specialized(where S == Float)
  @specialized(where S == Double)
  private func spread(
    _ kernel: UnsafePointer<S>, _ blocks: Range<Int>, into spectrum: UnsafeMutablePointer<S>, _ buffers: TileBuffers<S>
  ) {
    let scale = 1 / S(transform.height * transform.width)
    transform.analyze(blocks, 0..<shape.windowHeight, into: spectrum, buffers) { row, target in
      target.clear(count: 2 * transform.width)
      let (tap, rest) = row.quotientAndRemainder(dividingBy: shape.dilationY)
      guard rest == 0 && tap < shape.kernelHeight else { return }
      for column in 0..<shape.kernelWidth {
        target[2 * column * shape.dilationX] = scale * kernel[tap * shape.kernelWidth + column]
      }
    }
  }

  func forward(
    _ input: ImageBatch<S>, _ kernel: UnsafePointer<S>, into output: MutableImageBatch<S>,
    record: UnsafeMutablePointer<S>?, _ workspace: ConvolutionWorkspace<S>
  ) {
    correlation(input, kernel, into: output, workspace)
  }

  func backward(
    _ outputGradient: ImageBatch<S>, toInput: InputGradient<S>?, toKernel: KernelGradient<S>?,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    if let toInput { gradientInput(outputGradient, toInput, workspace) }
    if let toKernel { KernelGradientTiles(shape, correlation)(outputGradient, toKernel, workspace) }
  }

  private func gradientInput(
    _ outputGradient: ImageBatch<S>, _ gradient: InputGradient<S>, _ workspace: ConvolutionWorkspace<S>
  ) {
    guard let fold else { return adjoint(outputGradient, gradient.kernel, into: gradient.target, workspace) }
    for image in 0..<outputGradient.count {
      let extended = workspace.scratch(fold.count)
      adjoint(
        outputGradient[image..<image + 1], gradient.kernel,
        into: MutableImageBatch(base: extended, count: 1, stride: fold.count), workspace)
      fold.fold(extended, into: gradient.target[image])
    }
  }

  private static func axes(
    _ shape: ConvolutionShape, _ boundary: Boundary, _ geometry: TileGeometry
  ) -> (rows: TileAxis, columns: TileAxis) {
    (
      .correlation(
        samples: shape.inputHeight, padding: (shape.padding.top, shape.padding.bottom), boundary,
        outputs: shape.outputHeight, stride: shape.strideY, geometry.rows),
      .correlation(
        samples: shape.inputWidth, padding: (shape.padding.left, shape.padding.right), boundary,
        outputs: shape.outputWidth, stride: shape.strideX, geometry.columns)
    )
  }

  private static func adjointAxes(
    _ shape: ConvolutionShape, _ geometry: TileGeometry, isCropped: Bool
  ) -> (rows: TileAxis, columns: TileAxis) {
    (
      .adjoint(
        samples: shape.outputHeight, step: shape.strideY, first: isCropped ? shape.padding.top : 0,
        outputs: isCropped ? shape.inputHeight : shape.paddedHeight, window: shape.windowHeight, geometry.rows),
      .adjoint(
        samples: shape.outputWidth, step: shape.strideX, first: isCropped ? shape.padding.left : 0,
        outputs: isCropped ? shape.inputWidth : shape.paddedWidth, window: shape.windowWidth, geometry.columns)
    )
  }
}

extension ConvolutionPlan {
  /// The tiles of a plan by ``ConvolutionMethod/overlapSave``; `nil` for another method.
  package var tileGeometry: TileGeometry? {
    method == .overlapSave ? TileGeometry(shape.ofGroup, as: S.self) : nil
  }
}
