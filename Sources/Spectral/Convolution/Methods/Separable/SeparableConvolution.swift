internal import Numerics
internal import Tensors

/// Passes along columns and rows: with k[u, v] = Σᵢ aᵢ[u]·bᵢ[v], a window costs r·(kh + kw) products instead of kh·kw.
///
/// The terms come from the singular value decomposition of each kernel, of which the smallest are left out while their sum
/// is at most a tolerance times ‖k‖. The adjoint has the same terms, flipped. The gradient of the bank, which has full
/// rank, is computed by another method.
struct SeparableConvolution<S: SpectralScalar>: ConvolutionAlgorithm {
  private let shape: ConvolutionShape
  private let tolerance: Double
  private let passes: SeparablePasses<S>
  private let adjoint: SeparablePasses<S>
  private let image: Extension<S>
  private let bankGradient: any ConvolutionAlgorithm<S>

  /// Plans the passes.
  ///
  /// - Parameters:
  ///   - shape: The sizes of one group.
  ///   - boundary: What the padding consists of.
  ///   - tolerance: The sum of the singular values that may be left out, relative to ‖k‖; ε when left out.
  /// - Throws: ``InputError`` where no method serves the gradient of the bank.
  init(_ shape: ConvolutionShape, _ boundary: Boundary, tolerance: Double?) throws(InputError) {
    self.shape = shape
    self.tolerance = tolerance ?? Double(S.epsilon)
    passes = try SeparablePasses(shape, boundary)
    adjoint = try SeparablePasses(shape.fullAdjoint(), .zero)
    image = Extension(shape, boundary)
    var planner = ConvolutionPlanner.reproducible
    planner.methods = [.direct, .im2col, .fft]
    let work = ConvolutionWork(shape, boundary: boundary, purpose: .training)
    bankGradient = try ConvolutionPlan<S>.algorithm(planner.method(for: work, as: S.self), shape, boundary)
  }

  var preparedCount: Int { passes.bankCount + adjoint.bankCount }
  func recordCount(images: Int) -> Int { 0 }

  func scratchCount(images: Int, workers: Int) -> Int {
    let backward = image.count + spreadCount + workers * adjoint.scratchCount
    return max(
      workers * passes.scratchCount, backward, bankGradient.scratchCount(images: images, workers: workers))
  }

  func prepare(
    _ kernel: UnsafePointer<S>, into prepared: UnsafeMutablePointer<S>, _ workspace: ConvolutionWorkspace<S>
  ) {
    let area = shape.kernelHeight * shape.kernelWidth
    let factors = (0..<shape.outputChannels * shape.inputChannels).map { index in
      let weights = UnsafeBufferPointer(start: kernel + index * area, count: area)
      return KernelFactors(
        Tensor(weights.map { Double($0) }, shape: [shape.kernelHeight, shape.kernelWidth]), tolerance: tolerance)
    }
    passes.prepare(factors, into: prepared) { filter, channel in filter * shape.inputChannels + channel }
    adjoint.prepare(factors.map(\.flipped), into: prepared + passes.bankCount) { channel, filter in
      filter * shape.inputChannels + channel
    }
  }

  func forward(
    _ input: ImageBatch<S>, _ kernel: UnsafePointer<S>, into output: MutableImageBatch<S>,
    record: UnsafeMutablePointer<S>?, _ workspace: ConvolutionWorkspace<S>
  ) {
    passes.run(input, kernel, into: output, workspace)
  }

  func backward(
    _ outputGradient: ImageBatch<S>, toInput: InputGradient<S>?, toKernel: KernelGradient<S>?,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    if let toInput {
      for index in 0..<outputGradient.count {
        gradientInput(outputGradient[index], toInput.kernel + passes.bankCount, toInput.target[index], workspace)
      }
    }
    if let toKernel { bankGradient.backward(outputGradient, toInput: nil, toKernel: toKernel, workspace) }
  }

  /// The gradient with respect to the extended image, of which each sample goes to the sample that it is a copy of.
  private func gradientInput(
    _ outputGradient: UnsafePointer<S>, _ bank: UnsafePointer<S>, _ inputGradient: UnsafeMutablePointer<S>,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    let extended = workspace.scratch(image.count + spreadCount)
    var gradient = outputGradient
    if !shape.hasUnitStride {
      spread(outputGradient, into: extended + image.count)
      gradient = UnsafePointer(extended + image.count)
    }
    adjoint.run(
      ImageBatch(base: gradient, count: 1, stride: adjoint.shape.inputCount), bank,
      into: MutableImageBatch(base: extended, count: 1, stride: adjoint.shape.outputCount), workspace)
    image.fold(extended, into: inputGradient)
  }

  private var spreadCount: Int { shape.hasUnitStride ? 0 : adjoint.shape.inputCount }

  /// Puts zeros between the samples of a strided output.
  private func spread(_ outputGradient: UnsafePointer<S>, into target: UnsafeMutablePointer<S>) {
    target.clear(count: spreadCount)
    let (height, width) = (adjoint.shape.inputHeight, adjoint.shape.inputWidth)
    for row in 0..<shape.outputChannels * shape.outputHeight {
      let (channel, i) = row.quotientAndRemainder(dividingBy: shape.outputHeight)
      let to = target + (channel * height + i * shape.strideY) * width
      for j in 0..<shape.outputWidth { to[j * shape.strideX] = outputGradient[row * shape.outputWidth + j] }
    }
  }
}

extension KernelFactors {
  /// The factors of the kernel turned round.
  fileprivate var flipped: KernelFactors {
    KernelFactors(columns: columns.map { $0.reversed() }, rows: rows.map { $0.reversed() })
  }
}

extension ConvolutionShape {
  /// The unit-stride correlation that takes outputs, with zeros between them where there is a stride, to the extended
  /// image.
  fileprivate func fullAdjoint() throws(InputError) -> ConvolutionShape {
    let (height, width) = ((outputHeight - 1) * strideY + 1, (outputWidth - 1) * strideX + 1)
    let padding = Padding(
      top: windowHeight - 1, bottom: paddedHeight - height, left: windowWidth - 1, right: paddedWidth - width)
    return try ConvolutionShape(
      inputChannels: outputChannels, outputChannels: inputChannels, inputHeight: height, inputWidth: width,
      kernelHeight: kernelHeight, kernelWidth: kernelWidth, dilationY: dilationY, dilationX: dilationX, padding: padding
    )
  }
}
