internal import Tensors

/// What is decided once about a cross-correlation of images `[n, C, H, W]` with a bank of kernels `[F, C/groups, kh, kw]`.
///
/// y[f, i, j] = Σ_{c,u,v} x̃[c, i·strideY + u·dilationY, j·strideX + v·dilationX] · k[f, c, u, v], where x̃ is the image
/// extended by the padding and c runs over the channels of f's group. A plan never changes and may be used from any
/// number of threads, each with its own workspace. Every pass takes any number n of images. The work on a large image is
/// cut the same way for any number of threads, so that equal plans give equal bits.
///
/// Non-finite samples follow the arithmetic of the method here; `convolve` and `crossCorrelate` confine them to their
/// windows.
public struct ConvolutionPlan<S: SpectralScalar>: Sendable {
  /// The sizes.
  public let shape: ConvolutionShape
  /// How it is computed; never ``ConvolutionMethod/automatic``.
  public let method: ConvolutionMethod
  /// What the padding consists of.
  public let boundary: Boundary

  private let algorithm: any ConvolutionAlgorithm<S>

  /// Plans a cross-correlation.
  ///
  /// - Parameters:
  ///   - shape: The sizes.
  ///   - method: How to compute it.
  ///   - boundary: What the padding consists of.
  ///   - planner: What chooses where the method is ``ConvolutionMethod/automatic``, and limits the memory.
  /// - Throws: ``InputError`` where the method cannot serve the shape, or needs more memory than there is.
  public init(
    _ shape: ConvolutionShape, method: ConvolutionMethod = .automatic, boundary: Boundary = .zero,
    planner: ConvolutionPlanner = .reproducible
  ) throws {
    try self.init(ConvolutionWork(shape, boundary: boundary), method: method, planner: planner)
  }

  /// Plans a cross-correlation for what it will be used for; it serves any other number of images and any pass all the
  /// same.
  ///
  /// - Parameters:
  ///   - work: The sizes, the images of a pass, the passes.
  ///   - method: How to compute it.
  ///   - planner: What chooses where the method is ``ConvolutionMethod/automatic``, and limits the memory.
  /// - Throws: ``InputError`` where the method cannot serve the shape, or needs more memory than there is.
  public init(
    _ work: ConvolutionWork, method: ConvolutionMethod = .automatic, planner: ConvolutionPlanner = .reproducible
  ) throws {
    shape = work.shape
    boundary = work.boundary
    self.method = method == .automatic ? try planner.method(for: work, as: S.self) : method
    try planner.requireOutputs(work, as: S.self)
    algorithm = try Self.algorithm(
      self.method, shape, boundary, separableTolerance: work.separableTolerance)
    try planner.requireMemory(
      MethodMemory(algorithm, work, threads: planner.threads), for: self.method, work, as: S.self)
  }

  /// Plans Winograd's method with tiles of `winogradTile`² outputs, 2 or 4, instead of those that it would take.
  package init(_ shape: ConvolutionShape, boundary: Boundary = .zero, winogradTile: Int) throws {
    self.shape = shape
    self.boundary = boundary
    method = .winograd
    algorithm = Self.grouped(shape, try WinogradConvolution(shape.ofGroup, boundary, tile: winogradTile))
  }

  /// Whether a forward pass tells its workspace the largest magnitude of the samples that it reads.
  var meetsSamples: Bool { algorithm.meetsSamples }

  /// Creates scratch memory; one per thread.
  public func makeWorkspace() -> ConvolutionWorkspace<S> { ConvolutionWorkspace() }

  /// Creates memory for what a forward pass keeps for the gradient of the bank.
  public func makeRecord() -> ConvolutionRecord<S> { ConvolutionRecord() }

  /// Brings a bank into the form that the passes read.
  ///
  /// - Parameter kernel: The weights, `[F, C/groups, kh, kw]`.
  /// - Returns: The prepared bank.
  public func prepare(_ kernel: Span<S>) -> PreparedKernel<S> {
    var prepared = PreparedKernel(
      shape: shape, method: method, boundary: boundary, values: Tensor<S>(shape: [algorithm.preparedCount]) { _ in })
    prepare(kernel, into: &prepared, workspace: makeWorkspace())
    return prepared
  }

  /// Prepares other weights in the memory of a bank that this plan prepared before.
  ///
  /// - Parameters:
  ///   - kernel: The weights, `[F, C/groups, kh, kw]`.
  ///   - prepared: The bank to overwrite.
  ///   - workspace: Scratch memory.
  public func prepare(
    _ kernel: Span<S>, into prepared: inout PreparedKernel<S>, workspace: ConvolutionWorkspace<S>
  ) {
    checkCount(kernel.count, shape.kernelCount, "weights")
    checkKernel(prepared)
    kernel.withUnsafeBufferPointer { kernel in
      prepared.values.withUnsafeMutableBufferPointer {
        algorithm.prepare(kernel.baseAddress!, into: $0.baseAddress!, workspace)
      }
    }
  }

  /// Correlates images with a bank.
  ///
  /// - Parameters:
  ///   - input: Images, `[n, C, H, W]`.
  ///   - kernel: The bank, prepared by a plan of the same shape and method.
  ///   - output: Receives `[n, F, Ho, Wo]`.
  ///   - record: Receives what ``gradients(_:input:_:into:addingTo:record:workspace:)`` can use again, such as spectra.
  ///   - workspace: Scratch memory.
  public func forward(
    _ input: Span<S>, _ kernel: PreparedKernel<S>, into output: inout MutableSpan<S>,
    record: ConvolutionRecord<S>? = nil, workspace: ConvolutionWorkspace<S>
  ) {
    let images = imageCount(input.count, output.count)
    checkKernel(kernel)
    guard images > 0 else { return }
    let kept = record.flatMap { $0.reserve(algorithm.recordCount(images: images)) }
    input.withUnsafeBufferPointer { input in
      kernel.values.withUnsafeBufferPointer { kernel in
        output.withUnsafeMutableBufferPointer {
          algorithm.forward(
            inputs(input.baseAddress!, images), kernel.baseAddress!, into: outputs($0.baseAddress!, images),
            record: kept, workspace)
        }
      }
    }
  }

  /// Carries the gradient of a loss from the outputs back to the images: the adjoint of the forward pass, which is the
  /// transposed convolution.
  ///
  /// - Parameters:
  ///   - outputGradient: ∂L/∂y, `[n, F, Ho, Wo]`.
  ///   - kernel: The bank, prepared by a plan of the same shape and method.
  ///   - inputGradient: Receives ∂L/∂x, `[n, C, H, W]`.
  ///   - workspace: Scratch memory.
  public func gradientInput(
    _ outputGradient: Span<S>, _ kernel: PreparedKernel<S>, into inputGradient: inout MutableSpan<S>,
    workspace: ConvolutionWorkspace<S>
  ) {
    let images = imageCount(inputGradient.count, outputGradient.count)
    checkKernel(kernel)
    guard images > 0 else { return }
    outputGradient.withUnsafeBufferPointer { gradient in
      kernel.values.withUnsafeBufferPointer { kernel in
        inputGradient.withUnsafeMutableBufferPointer {
          let target = MutableImageBatch(base: $0.baseAddress!, count: images, stride: shape.inputCount)
          algorithm.backward(
            outputGradients(gradient.baseAddress!, images),
            toInput: InputGradient(kernel: kernel.baseAddress!, target: target), toKernel: nil, workspace)
        }
      }
    }
  }

  /// Adds the gradient of a loss with respect to the weights, summed over positions and images.
  ///
  /// - Parameters:
  ///   - input: The images of the forward pass, `[n, C, H, W]`.
  ///   - outputGradient: ∂L/∂y, `[n, F, Ho, Wo]`.
  ///   - kernelGradient: What ∂L/∂k, `[F, C/groups, kh, kw]`, is added to.
  ///   - record: What a forward pass of this plan kept of the same images.
  ///   - workspace: Scratch memory.
  public func gradientKernel(
    _ input: Span<S>, _ outputGradient: Span<S>, addingTo kernelGradient: inout MutableSpan<S>,
    record: ConvolutionRecord<S>? = nil, workspace: ConvolutionWorkspace<S>
  ) {
    let images = imageCount(input.count, outputGradient.count)
    checkCount(kernelGradient.count, shape.kernelCount, "weights")
    guard images > 0 else { return }
    input.withUnsafeBufferPointer { input in
      outputGradient.withUnsafeBufferPointer { gradient in
        kernelGradient.withUnsafeMutableBufferPointer {
          algorithm.backward(
            outputGradients(gradient.baseAddress!, images), toInput: nil,
            toKernel: kernelGradients(input.baseAddress!, images, $0.baseAddress!, record), workspace)
        }
      }
    }
  }

  /// Both gradients in one pass, which shares what they have in common, such as the spectra of ∂L/∂y.
  ///
  /// - Parameters:
  ///   - outputGradient: ∂L/∂y, `[n, F, Ho, Wo]`.
  ///   - input: The images of the forward pass, `[n, C, H, W]`.
  ///   - kernel: The bank, prepared by a plan of the same shape and method.
  ///   - inputGradient: Receives ∂L/∂x, `[n, C, H, W]`.
  ///   - kernelGradient: What ∂L/∂k, `[F, C/groups, kh, kw]`, is added to.
  ///   - record: What a forward pass of this plan kept of the same images.
  ///   - workspace: Scratch memory.
  public func gradients(
    _ outputGradient: Span<S>, input: Span<S>, _ kernel: PreparedKernel<S>, into inputGradient: inout MutableSpan<S>,
    addingTo kernelGradient: inout MutableSpan<S>, record: ConvolutionRecord<S>? = nil,
    workspace: ConvolutionWorkspace<S>
  ) {
    let images = imageCount(input.count, outputGradient.count)
    checkCount(inputGradient.count, input.count, "image samples")
    checkCount(kernelGradient.count, shape.kernelCount, "weights")
    checkKernel(kernel)
    guard images > 0 else { return }
    outputGradient.withUnsafeBufferPointer { gradient in
      input.withUnsafeBufferPointer { input in
        kernel.values.withUnsafeBufferPointer { kernel in
          inputGradient.withUnsafeMutableBufferPointer { inputGradient in
            kernelGradient.withUnsafeMutableBufferPointer {
              let target = MutableImageBatch(base: inputGradient.baseAddress!, count: images, stride: shape.inputCount)
              algorithm.backward(
                outputGradients(gradient.baseAddress!, images),
                toInput: InputGradient(kernel: kernel.baseAddress!, target: target),
                toKernel: kernelGradients(input.baseAddress!, images, $0.baseAddress!, record), workspace)
            }
          }
        }
      }
    }
  }

  private func inputs(_ base: UnsafePointer<S>, _ images: Int) -> ImageBatch<S> {
    ImageBatch(base: base, count: images, stride: shape.inputCount)
  }

  private func outputs(_ base: UnsafeMutablePointer<S>, _ images: Int) -> MutableImageBatch<S> {
    MutableImageBatch(base: base, count: images, stride: shape.outputCount)
  }

  private func outputGradients(_ base: UnsafePointer<S>, _ images: Int) -> ImageBatch<S> {
    ImageBatch(base: base, count: images, stride: shape.outputCount)
  }

  private func kernelGradients(
    _ input: UnsafePointer<S>, _ images: Int, _ target: UnsafeMutablePointer<S>, _ record: ConvolutionRecord<S>?
  ) -> KernelGradient<S> {
    let kept = record.flatMap { $0.reserve(algorithm.recordCount(images: images)) }
    return KernelGradient(input: inputs(input, images), record: kept.map { UnsafePointer($0) }, target: target)
  }

  private func imageCount(_ inputs: Int, _ outputs: Int) -> Int {
    let images = inputs / shape.inputCount
    checkCount(inputs, images * shape.inputCount, "image samples")
    checkCount(outputs, images * shape.outputCount, "output samples")
    return images
  }

  private func checkCount(_ found: Int, _ expected: Int, _ what: String) {
    precondition(found == expected, "expected \(expected) \(what), got \(found)")
  }

  private func checkKernel(_ kernel: PreparedKernel<S>) {
    precondition(
      kernel.shape == shape && kernel.method == method && kernel.boundary == boundary,
      "expected a kernel prepared for \(shape) by \(method), got one for \(kernel.shape) by \(kernel.method)")
  }
}
