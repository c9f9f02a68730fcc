internal import Numerics
internal import Parallel
public import Tensors

/// Whether the kernel is flipped.
public enum ConvolutionOperation: String, CaseIterable, Sendable {
  /// y[i] = Σⱼ x[i − j]·k[j].
  case convolution
  /// y[i] = Σⱼ x[i + j]·k[j].
  case crossCorrelation
}

/// What is decided once about the convolution of images `[H, W]` or `[N, H, W]` with one kernel `[kh, kw]`.
///
/// A convolution is the cross-correlation with the flipped kernel; mode and boundary become its padding.
public struct ImageConvolutionPlan<S: SpectralScalar>: Sendable {
  /// How it is computed; never ``ConvolutionMethod/automatic``.
  public var method: ConvolutionMethod { plan.method }

  private let plan: ConvolutionPlan<S>
  private let operation: ConvolutionOperation

  /// Plans a convolution.
  ///
  /// - Parameters:
  ///   - operation: Whether the kernel is flipped.
  ///   - imageSize: H and W.
  ///   - kernelSize: kh and kw.
  ///   - mode: Which outputs are wanted.
  ///   - boundary: What the image is outside its borders.
  ///   - method: How to compute it.
  /// - Throws: ``InputError`` where a size is 0, and in mode `valid` where the kernel is larger than the image.
  public init(
    _ operation: ConvolutionOperation, imageSize: (height: Int, width: Int), kernelSize: (height: Int, width: Int),
    mode: ConvolutionMode, boundary: Boundary, method: ConvolutionMethod = .automatic
  ) throws {
    self.operation = operation
    if mode == .valid && (kernelSize.height > imageSize.height || kernelSize.width > imageSize.width) {
      throw InputError(
        "kernel",
        "expected at most the image's \(imageSize.height)×\(imageSize.width) in mode 'valid', "
          + "found \(kernelSize.height)×\(kernelSize.width)", remedy: "Use mode 'same' or 'full', or a smaller kernel.")
    }
    let shape = try ConvolutionShape(
      inputHeight: imageSize.height, inputWidth: imageSize.width, kernelHeight: kernelSize.height,
      kernelWidth: kernelSize.width, padding: Self.padding(operation, mode, kernelSize))
    plan = try ConvolutionPlan(shape, method: method, boundary: boundary)
  }

  /// Brings a kernel into the form that ``apply(_:to:workspace:)`` reads.
  ///
  /// - Parameter kernel: `[kh, kw]`.
  /// - Returns: The prepared kernel.
  public func prepare(_ kernel: Tensor<S>) -> PreparedImageKernel<S> {
    precondition(
      kernel.shape == [plan.shape.kernelHeight, plan.shape.kernelWidth],
      "expected a kernel [\(plan.shape.kernelHeight), \(plan.shape.kernelWidth)], got shape \(kernel.shape)")
    let oriented = operation == .convolution ? Tensor(kernel.elements.reversed(), shape: kernel.shape) : kernel
    let range = SampleRange(of: kernel)
    return PreparedImageKernel(
      kernel: plan.prepare((range.isFinite ? range.normalized(oriented) : oriented).span), range: range)
  }

  /// Creates scratch memory; one per thread.
  public func makeWorkspace() -> ConvolutionWorkspace<S> { ConvolutionWorkspace() }

  /// Convolves one image `[H, W]`, or each image of `[N, H, W]`, with a prepared kernel.
  ///
  /// - Parameters:
  ///   - kernel: The kernel, prepared by this plan.
  ///   - images: `[H, W]` or `[N, H, W]`.
  ///   - workspace: Scratch memory, which a batch also keeps for each thread that it is shared among.
  /// - Returns: `[Ho, Wo]` or `[N, Ho, Wo]`.
  public func apply(
    _ kernel: PreparedImageKernel<S>, to images: Tensor<S>, workspace: ConvolutionWorkspace<S>
  ) -> Tensor<S> {
    let shape = plan.shape
    precondition(
      (2...3).contains(images.rank) && images.shape.suffix(2) == [shape.inputHeight, shape.inputWidth],
      "expected images of \(shape.inputHeight)×\(shape.inputWidth), got shape \(images.shape)")
    let outputShape = images.shape.dropLast(2) + [shape.outputHeight, shape.outputWidth]
    guard kernel.range.isFinite else { return Tensor(repeating: .nan, shape: Array(outputShape)) }
    guard images.rank == 3 && images.shape[0] != 1 else {
      return applyToOne(kernel, images.reshaped([shape.inputHeight, shape.inputWidth]), workspace)
        .reshaped(Array(outputShape))
    }
    return applyToEach(kernel, images, workspace)
  }

  private func applyToEach(
    _ kernel: PreparedImageKernel<S>, _ images: Tensor<S>, _ workspace: ConvolutionWorkspace<S>
  ) -> Tensor<S> {
    let shape = plan.shape
    let count = images.shape[0]
    workspace.reserve(workers: ThreadPool.current.workerCount)
    var result = Tensor<S>.zeros([count, shape.outputHeight, shape.outputWidth])
    result.withDisjointSlices { slices in
      parallelFor(count) { index, worker in
        let image = images[rows: index..<index + 1].reshaped([shape.inputHeight, shape.inputWidth])
        let output = applyToOne(kernel, image, workspace.worker(worker))
        output.withUnsafeBufferPointer {
          _ = slices[index * shape.outputCount..<(index + 1) * shape.outputCount].update(from: $0)
        }
      }
    }
    return result
  }

  private func applyToOne(
    _ kernel: PreparedImageKernel<S>, _ image: Tensor<S>, _ workspace: ConvolutionWorkspace<S>
  ) -> Tensor<S> {
    let range = SampleRange(of: image)
    guard range.isFinite else {
      let samples = NonFiniteSamples(image, plan.shape, plan.boundary)
      var result = applyToOne(kernel, samples.cleaned, workspace)
      samples.mark(&result)
      return result
    }
    let normalized = range.normalized(image)
    var result = Tensor<S>(shape: [plan.shape.outputHeight, plan.shape.outputWidth]) { output in
      var span = MutableSpan(_unsafeElements: output)
      plan.forward(normalized.span, kernel.kernel, into: &span, workspace: workspace)
    }
    range.restore(&result, with: kernel.range)
    return result
  }

  private static func padding(
    _ operation: ConvolutionOperation, _ mode: ConvolutionMode, _ kernel: (height: Int, width: Int)
  ) -> Padding {
    switch (mode, operation) {
    case (.valid, _): Padding(0)
    case (.full, _):
      Padding(top: kernel.height - 1, bottom: kernel.height - 1, left: kernel.width - 1, right: kernel.width - 1)
    case (.same, .crossCorrelation): .same(kernelHeight: kernel.height, kernelWidth: kernel.width)
    case (.same, .convolution):
      Padding(
        top: kernel.height / 2, bottom: (kernel.height - 1) / 2, left: kernel.width / 2, right: (kernel.width - 1) / 2)
    }
  }
}

/// A kernel in the form that one ``ImageConvolutionPlan`` reads.
public struct PreparedImageKernel<S: SpectralScalar>: Sendable {
  let kernel: PreparedKernel<S>
  let range: SampleRange<S>
}
