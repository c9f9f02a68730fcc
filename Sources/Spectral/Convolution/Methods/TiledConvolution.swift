internal import Parallel
internal import Tensors

/// Products of spectra of tiles: of overlapping ones that stay in the processor's cache, or of the whole image as one.
///
/// With x̂ the transform of a tile of the extended image and k̂ that of the kernel, spread by its dilation: x̂·k̂* belongs to
/// x ⋆ k, of which the first L − K + 1 places of each axis, K the window, are free of the tile's period, or all outputs
/// where the period meets only zeros. The adjoint convolves tiles of the gradient, spread by the stride, by ĝ·k̂, of which
/// the last L − K + 1 places are free of it. The gradient of the kernel is the sum of x̂·ĝ* over the tiles.
///
/// Source: A. V. Oppenheim, R. W. Schafer, *Discrete-Time Signal Processing*, section 8.7.3 (overlap-save).
struct TiledConvolution<S: SpectralScalar>: ConvolutionAlgorithm {
  let shape: ConvolutionShape
  let geometry: TileGeometry
  let transform: TileTransform<S>

  private let correlation: TileCorrelation<S>
  private let adjoint: TileCorrelation<S>
  /// The fold of an adjoint whose padding does not consist of zeros.
  private let fold: Extension<S>?

  /// - Parameters:
  ///   - shape: The sizes of one group.
  ///   - boundary: What the padding consists of.
  ///   - geometry: The tiles.
  init(_ shape: ConvolutionShape, _ boundary: Boundary, _ geometry: TileGeometry) {
    self.shape = shape
    self.geometry = geometry
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

  var meetsSamples: Bool { true }
  var preparedCount: Int { shape.inputChannels * shape.outputChannels * transform.count }
  func recordCount(images: Int) -> Int { 0 }

  func scratchCount(images: Int, workers: Int) -> Int {
    workers * max(correlation.scratchCount, adjoint.scratchCount) + (fold?.count ?? 0)
      + KernelGradientTiles(shape, geometry, correlation).scratchCount(images: images, workers: workers)
  }

  func prepare(
    _ kernel: UnsafePointer<S>, into prepared: UnsafeMutablePointer<S>, _ workspace: ConvolutionWorkspace<S>
  ) {
    // Read only, or written in parts that do not overlap.
    nonisolated(unsafe) let (kernel, prepared) = (kernel, prepared)
    let bank = shape.outputChannels * shape.inputChannels
    TileWorkers.forEach(bank, transform, spectra: 1, workspace) { index, _, workers in
      // Read only, or written in parts that do not overlap.
      nonisolated(unsafe) let weights = kernel + index * shape.kernelHeight * shape.kernelWidth
      nonisolated(unsafe) let spectrum = prepared + index * transform.count
      workers.forEachPart(of: transform.rowBlocks) { spread(weights, $0, into: workers.spectra, $1) }
      correlation.finish(workers.spectra, into: spectrum, workers)
    }
  }

  /// The first pass of a kernel's transform, divided by what both transforms multiply by.
  @specialized(where S == Float)
  @specialized(where S == Double)
  private func spread(
    _ kernel: UnsafePointer<S>, _ blocks: Range<Int>, into spectrum: UnsafeMutablePointer<S>, _ buffers: TileBuffers<S>
  ) {
    let scale = 1 / transform.gain
    let (rows, columns) = (geometry.rows, geometry.columns)
    let wrapped = min(shape.kernelWidth, (columns.kernelOffset + shape.dilationX - 1) / shape.dilationX)
    transform.analyze(
      blocks, at: 0..<transform.width, into: spectrum, buffers,
      where: { rows.holdsWeights($0, window: shape.windowHeight) }
    ) { line, memory in
      guard let row = rows.weight(at: line, of: shape.kernelHeight, dilation: shape.dilationY) else { return nil }
      let weights = kernel + row * shape.kernelWidth
      memory.clear(count: transform.width)
      place(weights, 0..<wrapped, times: scale, in: memory)
      place(weights, wrapped..<shape.kernelWidth, times: scale, in: memory)
      return UnsafePointer(memory)
    }
  }

  /// Writes neighbouring weights of a row of a kernel, spread by the dilation, that do not meet the tile's end.
  private func place(
    _ weights: UnsafePointer<S>, _ range: Range<Int>, times scale: S, in line: UnsafeMutablePointer<S>
  ) {
    guard !range.isEmpty else { return }
    let first = line + geometry.columns.place(ofIndex: range.lowerBound * shape.dilationX)
    for column in range { first[(column &- range.lowerBound) &* shape.dilationX] = scale * weights[column] }
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
    if let toKernel { KernelGradientTiles(shape, geometry, correlation)(outputGradient, toKernel, workspace) }
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
    method == .overlapSave ? TileGeometry(shape.ofGroup, boundary, as: S.self) : nil
  }
}
