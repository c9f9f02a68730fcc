internal import CKernels
internal import Tensors

/// Products of spectra on a periodic grid.
///
/// With x̂, k̂ the transforms of image and kernel, both placed at the grid's origin: ŷ = x̂·k̂*, and y[i] lies at
/// i·stride − padding modulo the grid. The adjoints are x̂' = ŷ'·k̂ and k̂' = x̂·ŷ'*. With zero padding the grid is long
/// enough that the period meets only zeros, and of a fast length; with circular padding it is the image.
struct FFTConvolution<S: SpectralScalar>: ConvolutionAlgorithm {
  private let shape: ConvolutionShape
  private let transform: PlaneTransform<S>

  init(_ shape: ConvolutionShape, _ boundary: Boundary) {
    self.shape = shape
    let (height, width) = Self.gridSize(shape, boundary)
    transform = PlaneTransform(height: height, width: width)
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
    }
  }

  private var grid: Int { aligned(transform.realCount) }
  private var spectrum: Int { aligned(2 * transform.spectrumCount) }

  var preparedCount: Int { shape.outputChannels * shape.inputChannels * spectrum }

  func scratchCount(_ pass: ConvolutionPass) -> Int {
    switch pass {
    case .prepare: grid
    case .forward: grid + (shape.inputChannels + 1) * spectrum
    case .gradientInput: grid + (shape.outputChannels + 1) * spectrum
    case .gradientKernel: grid + (shape.inputChannels + 1) * spectrum + preparedCount
    }
  }

  func prepare(_ kernel: UnsafePointer<S>, into prepared: UnsafeMutablePointer<S>, scratch: UnsafeMutablePointer<S>) {
    for index in 0..<shape.outputChannels * shape.inputChannels {
      analyze(
        kernel + index * shape.kernelHeight * shape.kernelWidth, kernelPlaces, grid: scratch,
        into: prepared + index * spectrum)
    }
  }

  func forward(
    _ input: UnsafePointer<S>, _ kernel: UnsafePointer<S>, into output: UnsafeMutablePointer<S>, images: Int,
    scratch: UnsafeMutablePointer<S>
  ) {
    let (spectra, product) = (scratch + grid, scratch + grid + shape.inputChannels * spectrum)
    for image in 0..<images {
      analyze(channels: input + image * shape.inputCount, shape.inputChannels, imagePlaces, scratch, into: spectra)
      for filter in 0..<shape.outputChannels {
        for channel in 0..<shape.inputChannels {
          multiply(
            spectra + channel * spectrum, kernel + (filter * shape.inputChannels + channel) * spectrum,
            conjugates: true, adds: channel > 0, into: product)
        }
        let plane = output + image * shape.outputCount + filter * shape.positionCount
        synthesize(product, outputPlaces, grid: scratch, adds: false, into: plane)
      }
    }
  }

  func gradientInput(
    _ outputGradient: UnsafePointer<S>, _ kernel: UnsafePointer<S>, into inputGradient: UnsafeMutablePointer<S>,
    images: Int, scratch: UnsafeMutablePointer<S>
  ) {
    let (spectra, product) = (scratch + grid, scratch + grid + shape.outputChannels * spectrum)
    for image in 0..<images {
      analyze(
        channels: outputGradient + image * shape.outputCount, shape.outputChannels, outputPlaces, scratch,
        into: spectra)
      for channel in 0..<shape.inputChannels {
        for filter in 0..<shape.outputChannels {
          multiply(
            spectra + filter * spectrum, kernel + (filter * shape.inputChannels + channel) * spectrum,
            conjugates: false, adds: filter > 0, into: product)
        }
        let plane = inputGradient + image * shape.inputCount + channel * shape.inputHeight * shape.inputWidth
        synthesize(product, imagePlaces, grid: scratch, adds: false, into: plane)
      }
    }
  }

  func gradientKernel(
    _ input: UnsafePointer<S>, _ outputGradient: UnsafePointer<S>, addingTo kernelGradient: UnsafeMutablePointer<S>,
    images: Int, scratch: UnsafeMutablePointer<S>
  ) {
    let (spectra, gradient) = (scratch + grid, scratch + grid + shape.inputChannels * spectrum)
    let sums = gradient + spectrum
    for image in 0..<images {
      analyze(channels: input + image * shape.inputCount, shape.inputChannels, imagePlaces, scratch, into: spectra)
      for filter in 0..<shape.outputChannels {
        let plane = outputGradient + image * shape.outputCount + filter * shape.positionCount
        analyze(plane, outputPlaces, grid: scratch, into: gradient)
        for channel in 0..<shape.inputChannels {
          multiply(
            spectra + channel * spectrum, gradient, conjugates: true, adds: image > 0,
            into: sums + (filter * shape.inputChannels + channel) * spectrum)
        }
      }
    }
    for index in 0..<shape.outputChannels * shape.inputChannels {
      synthesize(
        sums + index * spectrum, kernelPlaces, grid: scratch, adds: true,
        into: kernelGradient + index * shape.kernelHeight * shape.kernelWidth)
    }
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

  private var imagePlaces: cyclic_shape { places(shape.inputHeight, shape.inputWidth) }
  private var kernelPlaces: cyclic_shape { places(shape.kernelHeight, shape.kernelWidth) }

  private var outputPlaces: cyclic_shape {
    places(
      shape.outputHeight, shape.outputWidth, strides: (shape.strideY, shape.strideX),
      offsets: (shape.padding.top, shape.padding.left))
  }

  private func places(
    _ rows: Int, _ columns: Int, strides: (Int, Int) = (1, 1), offsets: (Int, Int) = (0, 0)
  ) -> cyclic_shape {
    cyclic_shape(
      rows: rows, columns: columns, stride_y: strides.0, stride_x: strides.1, offset_y: offsets.0,
      offset_x: offsets.1, period_y: transform.height, period_x: transform.width, grid_row_stride: transform.width)
  }
}
