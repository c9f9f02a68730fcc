internal import Tensors

/// The adjoint of a direct correlation: for each phase of its stride, the correlation of the gradient with the flipped
/// weights of that phase, which gives the samples that they meet.
///
/// Where the stride is 1 and the padding consists of zeros and is less than the kernel, the gradient is extended by
/// kh − 1 − padding and the result is the image. Elsewhere the extended image is made and folded.
struct DirectAdjoint<S: SpectralScalar>: Sendable {
  private struct Phase: Sendable {
    let row: Int
    let column: Int
    let correlation: Correlation<S>
    /// Where the phase's weights begin in the prepared bank.
    let bank: Int
    /// The samples' places in the image; `nil` where they are the image.
    let places: Extension<S>?
  }

  private let shape: ConvolutionShape
  private let phases: [Phase]

  init(_ shape: ConvolutionShape, _ boundary: Boundary) throws(InputError) {
    self.shape = shape
    var phases: [Phase] = []
    for row in 0..<shape.rowPhases.count {
      for column in 0..<shape.columnPhases.count {
        let bank = phases.last.map { $0.bank + $0.correlation.shape.kernelCount } ?? 0
        phases.append(try Self.phase(of: shape, boundary, row, column, bank: bank))
      }
    }
    self.phases = phases
  }

  /// The numbers of scratch memory of so many threads.
  func scratchCount(images: Int, workers: Int) -> Int {
    let counts = phases.map { phase in
      guard let places = phase.places else { return phase.correlation.scratchCount(images: images, workers: workers) }
      return min(images, workers) * places.count + phase.correlation.scratchCount(images: 1, workers: workers)
    }
    return counts.max() ?? 0
  }

  /// Packs the weights of all phases.
  func prepare(_ kernel: UnsafePointer<S>, into prepared: UnsafeMutablePointer<S>) {
    let area = shape.kernelHeight * shape.kernelWidth
    for phase in phases {
      let rows = shape.rowPhases.flippedWeights(of: phase.row)
      let columns = shape.columnPhases.flippedWeights(of: phase.column)
      var packed = prepared + phase.bank
      forEachPackedGroup(of: shape.inputChannels) { channels in
        for filter in 0..<shape.outputChannels {
          let first = kernel + (filter * shape.inputChannels + channels.lowerBound) * area
          packed = pack(first, shape, rows, columns, filters: channels.count, stride: area, into: packed)
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
    nonisolated(unsafe) let bank = bank
    workspace.forEach(outputGradient.count, isShared: work >= Correlation<S>.smallestSharedWork) { image, workspace in
      inputGradient[image].clear(count: shape.inputCount)
      for phase in phases {
        guard let places = phase.places else { continue }
        let samples = MutableImageBatch(base: workspace.scratch(places.count), count: 1, stride: places.count)
        phase.correlation.run(outputGradient[image..<image + 1], bank + phase.bank, into: samples, workspace)
        places.fold(samples.base, addingTo: inputGradient[image])
      }
    }
  }

  private static func phase(
    of shape: ConvolutionShape, _ boundary: Boundary, _ row: Int, _ column: Int, bank: Int
  ) throws(InputError) -> Phase {
    let (y, x) = (shape.rowPhases, shape.columnPhases)
    let (height, width) = (y.weightCount(of: row), x.weightCount(of: column))
    let (reachY, reachX) = ((height - 1) * y.step, (width - 1) * x.step)
    let own = shape.padding
    let isImage =
      shape.hasUnitStride && boundary == .zero && max(own.top, own.bottom) <= reachY
      && max(own.left, own.right) <= reachX
    let padding =
      isImage
      ? Padding(
        top: reachY - own.top, bottom: reachY - own.bottom, left: reachX - own.left, right: reachX - own.right)
      : Padding(top: reachY, bottom: reachY, left: reachX, right: reachX)
    let gradient = try ConvolutionShape(
      inputChannels: shape.outputChannels, outputChannels: shape.inputChannels, inputHeight: shape.outputHeight,
      inputWidth: shape.outputWidth, kernelHeight: height, kernelWidth: width, dilationY: y.step, dilationX: x.step,
      padding: padding)
    return Phase(
      row: row, column: column, correlation: Correlation(gradient, .zero), bank: bank,
      places: isImage ? nil : places(of: shape, boundary, row, column))
  }

  private static func places(of shape: ConvolutionShape, _ boundary: Boundary, _ row: Int, _ column: Int) -> Extension<
    S
  > {
    let (y, x) = (shape.rowPhases, shape.columnPhases)
    let sources = AxisMap.rows(of: shape, boundary).sources
    let width = x.sampleCount(of: column, outputs: shape.outputWidth)
    return Extension(
      shape,
      rows: (0..<y.sampleCount(of: row, outputs: shape.outputHeight)).map { sources[y.start(of: row) + $0 * y.stride] },
      runs: AxisMap.columns(of: shape, boundary).runs(from: x.start(of: column), step: x.stride, count: width),
      rowStride: width, writesZeroRows: false)
  }
}
