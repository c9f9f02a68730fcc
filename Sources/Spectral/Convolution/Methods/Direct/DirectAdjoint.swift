internal import Tensors

/// The adjoint of a direct correlation: for each phase of its stride, the correlation of the gradient with the flipped
/// weights of that phase, which gives the samples that they meet.
///
/// Where the stride is 1 and the padding consists of zeros and is less than the kernel, the gradient is extended by
/// kh − 1 − padding and the result is the image. Elsewhere the extended image is made and folded.
struct DirectAdjoint<S: SpectralScalar>: Sendable {
  private struct Phase: Sendable {
    let correlation: Correlation<S>
    /// The samples' places in the image; `nil` where they are the image.
    let places: Extension<S>?
  }

  private let shape: ConvolutionShape
  private let phases: [Phase]

  /// Prepares the correlations.
  ///
  /// - Parameters:
  ///   - shape: The sizes.
  ///   - boundary: What the padding consists of.
  ///   - phases: The sizes for each phase, `phases(of:boundary:)`.
  init(_ shape: ConvolutionShape, _ boundary: Boundary, phases: [ConvolutionShape]) {
    self.shape = shape
    let axes = ExtendedAxes(shape, boundary)
    let givesImage = Self.givesImage(shape, boundary)
    self.phases = phases.enumerated().map { index, phase in
      let (row, column) = index.quotientAndRemainder(dividingBy: shape.columnPhases.count)
      return Phase(
        correlation: Correlation(phase, .zero), places: givesImage ? nil : Self.places(of: shape, axes, row, column))
    }
  }

  /// The sizes of the correlation of each phase.
  static func phases(of shape: ConvolutionShape, _ boundary: Boundary) throws(InputError) -> [ConvolutionShape] {
    let (y, x) = (shape.rowPhases, shape.columnPhases)
    let cropped = givesImage(shape, boundary) ? shape.padding : Padding(0)
    var phases: [ConvolutionShape] = []
    for row in 0..<y.count {
      for column in 0..<x.count {
        let (height, width) = (y.weightCount(of: row), x.weightCount(of: column))
        let (reachY, reachX) = ((height - 1) * y.step, (width - 1) * x.step)
        phases.append(
          try ConvolutionShape(
            inputChannels: shape.outputChannels, outputChannels: shape.inputChannels, inputHeight: shape.outputHeight,
            inputWidth: shape.outputWidth, kernelHeight: height, kernelWidth: width, dilationY: y.step,
            dilationX: x.step,
            padding: Padding(
              top: reachY - cropped.top, bottom: reachY - cropped.bottom, left: reachX - cropped.left,
              right: reachX - cropped.right)))
      }
    }
    return phases
  }

  /// Whether the result of the only phase is the image.
  private static func givesImage(_ shape: ConvolutionShape, _ boundary: Boundary) -> Bool {
    let padding = shape.padding
    return shape.hasUnitStride && boundary == .zero && max(padding.top, padding.bottom) < shape.windowHeight
      && max(padding.left, padding.right) < shape.windowWidth
  }

  /// The numbers of scratch memory of so many threads.
  func scratchCount(images: Int, workers: Int) -> Int {
    let counts = phases.map { phase in
      guard let places = phase.places else { return phase.correlation.scratchCount(images: images, workers: workers) }
      return min(images, workers) * places.count + phase.correlation.scratchCount(images: 1, workers: workers)
    }
    return counts.max() ?? 0
  }

  /// Packs the weights of all phases, one after the other.
  static func prepare(
    _ kernel: UnsafePointer<S>, _ shape: ConvolutionShape, into prepared: UnsafeMutablePointer<S>
  ) {
    let area = shape.kernelHeight * shape.kernelWidth
    var packed = prepared
    for row in 0..<shape.rowPhases.count {
      for column in 0..<shape.columnPhases.count {
        let rows = shape.rowPhases.flippedWeights(of: row)
        let columns = shape.columnPhases.flippedWeights(of: column)
        forEachPackedGroup(of: shape.inputChannels) { channels in
          for filter in 0..<shape.outputChannels {
            let first = kernel + (filter * shape.inputChannels + channels.lowerBound) * area
            packed = pack(first, shape, rows, columns, filters: channels.count, stride: area, into: packed)
          }
        }
      }
    }
  }

  /// Carries gradients of the outputs back to the images.
  func run(
    _ outputGradient: ImageBatch<S>, _ bank: UnsafePointer<S>, into inputGradient: MutableImageBatch<S>,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    if phases[0].places == nil {
      return phases[0].correlation.run(outputGradient, bank, into: inputGradient, workspace)
    }
    let work = outputGradient.count * shape.positionCount * shape.kernelCount
    // Only read.
    nonisolated(unsafe) let bank = bank
    workspace.forEach(outputGradient.count, isShared: work >= CorrelationPartition.smallestSharedWork) {
      image, workspace in
      inputGradient[image].clear(count: shape.inputCount)
      var bank = bank
      for phase in phases {
        guard let places = phase.places else { continue }
        let samples = MutableImageBatch(base: workspace.scratch(places.count), count: 1, stride: places.count)
        phase.correlation.run(outputGradient[image..<image + 1], bank, into: samples, workspace)
        bank += phase.correlation.shape.kernelCount
        places.fold(samples.base, addingTo: inputGradient[image])
      }
    }
  }

  /// Where the samples of a phase stand in the image.
  private static func places(
    of shape: ConvolutionShape, _ axes: ExtendedAxes, _ row: Int, _ column: Int
  ) -> Extension<S> {
    let (y, x) = (shape.rowPhases, shape.columnPhases)
    let width = x.sampleCount(of: column, outputs: shape.outputWidth)
    let rows = (0..<y.sampleCount(of: row, outputs: shape.outputHeight)).map {
      axes.rows.sources[y.start(of: row) + $0 * y.stride]
    }
    return Extension(
      shape, rows: rows, runs: axes.columns.runs(from: x.start(of: column), step: x.stride, count: width),
      rowStride: width, writesZeroRows: false)
  }
}
