internal import CKernels
internal import Tensors

/// Products of spectra on a periodic grid.
///
/// With x̂, k̂ the transforms of image and kernel, both placed at the grid's origin: ŷ = x̂·k̂*, and y[i] lies at
/// i·stride − padding modulo the grid. The adjoints are x̂' = ŷ'·k̂ and k̂' = x̂·ŷ'*. With zero padding the grid is long
/// enough that the period meets only zeros, and of a fast length; with circular padding it is the image; any other
/// padding is made first, and the grid holds the extended image.
struct FFTConvolution<S: SpectralScalar>: ConvolutionAlgorithm {
  private let shape: ConvolutionShape
  private let transform: PlaneTransform<S>
  private let image: Extension<S>?

  init(_ shape: ConvolutionShape, _ boundary: Boundary) {
    self.shape = shape
    let (height, width) = Self.gridSize(shape, boundary)
    transform = PlaneTransform(height: height, width: width)
    image = Self.isExtended(boundary) ? Extension(shape, boundary) : nil
  }

  /// The smallest grid that gives the exact result, made a fast one where that is allowed.
  static func gridSize(_ shape: ConvolutionShape, _ boundary: Boundary) -> (height: Int, width: Int) {
    switch boundary {
    case .circular: (shape.inputHeight, shape.inputWidth)
    case .zero:
      (
        fastLength(shape.inputHeight + max(shape.padding.top, shape.padding.bottom)),
        fastLength(shape.inputWidth + max(shape.padding.left, shape.padding.right))
      )
    case .reflect, .symmetric, .replicate: (fastLength(shape.paddedHeight), fastLength(shape.paddedWidth))
    }
  }

  private static func isExtended(_ boundary: Boundary) -> Bool { boundary != .zero && boundary != .circular }

  private var grid: Int { aligned(transform.realCount) }
  private var spectrum: Int { aligned(2 * transform.spectrumCount) }
  private var extended: Int { image?.count ?? 0 }

  var preparedCount: Int { shape.outputChannels * shape.inputChannels * spectrum }
  var recordCount: Int { 0 }

  func scratchCount(images: Int, workers: Int) -> Int {
    let sums = (max(shape.inputChannels, shape.outputChannels) + 1) * spectrum + preparedCount
    return extended + grid + sums
  }

  func prepare(
    _ kernel: UnsafePointer<S>, into prepared: UnsafeMutablePointer<S>, _ workspace: ConvolutionWorkspace<S>
  ) {
    let scratch = workspace.scratch(grid)
    for index in 0..<shape.outputChannels * shape.inputChannels {
      analyze(
        kernel + index * shape.kernelHeight * shape.kernelWidth, kernelPlaces, grid: scratch,
        into: prepared + index * spectrum)
    }
  }

  func forward(
    _ input: ImageBatch<S>, _ kernel: UnsafePointer<S>, into output: MutableImageBatch<S>,
    record: UnsafeMutablePointer<S>?, _ workspace: ConvolutionWorkspace<S>
  ) {
    let scratch = workspace.scratch(scratchCount(images: 1, workers: 1))
    let spectra = scratch + extended + grid
    let product = spectra + shape.inputChannels * spectrum
    for index in 0..<input.count {
      analyzeImage(input[index], scratch, into: spectra)
      for filter in 0..<shape.outputChannels {
        for channel in 0..<shape.inputChannels {
          multiply(
            spectra + channel * spectrum, kernel + (filter * shape.inputChannels + channel) * spectrum,
            conjugates: true, adds: channel > 0, into: product)
        }
        let plane = output[index] + filter * shape.positionCount
        synthesize(product, outputPlaces, grid: scratch + extended, adds: false, into: plane)
      }
    }
  }

  func backward(
    _ outputGradient: ImageBatch<S>, toInput: InputGradient<S>?, toKernel: KernelGradient<S>?,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    let scratch = workspace.scratch(scratchCount(images: 1, workers: 1))
    if let toInput {
      for index in 0..<outputGradient.count {
        gradientInput(outputGradient[index], toInput.kernel, into: toInput.target[index], scratch)
      }
    }
    if let toKernel { gradientKernel(toKernel, outputGradient, scratch) }
  }

  private func gradientInput(
    _ outputGradient: UnsafePointer<S>, _ kernel: UnsafePointer<S>, into inputGradient: UnsafeMutablePointer<S>,
    _ scratch: UnsafeMutablePointer<S>
  ) {
    let grid = scratch + extended
    let spectra = grid + self.grid
    let product = spectra + shape.outputChannels * spectrum
    analyze(channels: outputGradient, shape.outputChannels, outputPlaces, grid, into: spectra)
    for channel in 0..<shape.inputChannels {
      for filter in 0..<shape.outputChannels {
        multiply(
          spectra + filter * spectrum, kernel + (filter * shape.inputChannels + channel) * spectrum,
          conjugates: false, adds: filter > 0, into: product)
      }
      let target = image.map { scratch + channel * $0.planeCount }
      let plane = target ?? inputGradient + channel * shape.inputHeight * shape.inputWidth
      synthesize(product, imagePlaces, grid: grid, adds: false, into: plane)
    }
    image?.fold(scratch, into: inputGradient)
  }

  private func gradientKernel(
    _ target: KernelGradient<S>, _ outputGradient: ImageBatch<S>, _ scratch: UnsafeMutablePointer<S>
  ) {
    let grid = scratch + extended
    let (spectra, gradient) = (grid + self.grid, grid + self.grid + shape.inputChannels * spectrum)
    let sums = gradient + spectrum
    for index in 0..<outputGradient.count {
      analyzeImage(target.input[index], scratch, into: spectra)
      for filter in 0..<shape.outputChannels {
        analyze(outputGradient[index] + filter * shape.positionCount, outputPlaces, grid: grid, into: gradient)
        for channel in 0..<shape.inputChannels {
          multiply(
            spectra + channel * spectrum, gradient, conjugates: true, adds: index > 0,
            into: sums + (filter * shape.inputChannels + channel) * spectrum)
        }
      }
    }
    for index in 0..<shape.outputChannels * shape.inputChannels {
      synthesize(
        sums + index * spectrum, kernelPlaces, grid: grid, adds: true,
        into: target.target + index * shape.kernelHeight * shape.kernelWidth)
    }
  }

  private func analyzeImage(
    _ input: UnsafePointer<S>, _ scratch: UnsafeMutablePointer<S>, into spectra: UnsafeMutablePointer<S>
  ) {
    guard let image else {
      return analyze(channels: input, shape.inputChannels, imagePlaces, scratch + extended, into: spectra)
    }
    image.extend(input, into: scratch)
    analyze(channels: scratch, shape.inputChannels, imagePlaces, scratch + extended, into: spectra)
  }

  private func analyze(
    channels: UnsafePointer<S>, _ count: Int, _ places: cyclic_shape, _ grid: UnsafeMutablePointer<S>,
    into spectra: UnsafeMutablePointer<S>
  ) {
    for channel in 0..<count {
      analyze(
        channels + channel * places.rows * places.columns, places, grid: grid, into: spectra + channel * spectrum)
    }
  }

  private func analyze(
    _ items: UnsafePointer<S>, _ places: cyclic_shape, grid: UnsafeMutablePointer<S>,
    into spectrum: UnsafeMutablePointer<S>
  ) {
    grid.clear(count: transform.realCount)
    withUnsafePointer(to: places) { S.spectralFunctions.loops.scatterCyclic($0, items, grid) }
    transform.forward(grid, complexPointer(spectrum))
  }

  private func synthesize(
    _ spectrum: UnsafeMutablePointer<S>, _ places: cyclic_shape, grid: UnsafeMutablePointer<S>, adds: Bool,
    into items: UnsafeMutablePointer<S>
  ) {
    transform.backward(complexPointer(spectrum), grid)
    withUnsafePointer(to: places) {
      S.spectralFunctions.loops.gatherCyclic($0, grid, 1 / S(transform.realCount), adds ? 1 : 0, items)
    }
  }

  private func multiply(
    _ a: UnsafePointer<S>, _ b: UnsafePointer<S>, conjugates: Bool, adds: Bool, into product: UnsafeMutablePointer<S>
  ) {
    S.spectralFunctions.loops.multiplySpectra(
      transform.spectrumCount, conjugates ? 1 : 0, adds ? 1 : 0, a, b, product)
  }

  private var imagePlaces: cyclic_shape {
    image == nil ? places(shape.inputHeight, shape.inputWidth) : places(shape.paddedHeight, shape.paddedWidth)
  }

  private var kernelPlaces: cyclic_shape {
    places(shape.kernelHeight, shape.kernelWidth, strides: (shape.dilationY, shape.dilationX))
  }

  private var outputPlaces: cyclic_shape {
    places(
      shape.outputHeight, shape.outputWidth, strides: (shape.strideY, shape.strideX),
      offsets: image == nil ? (shape.padding.top, shape.padding.left) : (0, 0))
  }

  private func places(
    _ rows: Int, _ columns: Int, strides: (Int, Int) = (1, 1), offsets: (Int, Int) = (0, 0)
  ) -> cyclic_shape {
    cyclic_shape(
      rows: rows, columns: columns, stride_y: strides.0, stride_x: strides.1, offset_y: offsets.0,
      offset_x: offsets.1, period_y: transform.height, period_x: transform.width, grid_row_stride: transform.width)
  }
}
