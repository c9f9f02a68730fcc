internal import Tensors

/// What is decided once about a cross-correlation of images `[n, C, H, W]` with a bank of kernels `[F, C, kh, kw]`.
///
/// y[f, i, j] = Σ_{c,u,v} x̃[c, i·strideY + u, j·strideX + v] · k[f, c, u, v], where x̃ is the image extended by the
/// padding. A plan never changes and may be used from any number of threads, each with its own workspace. Every pass
/// takes any number n of images. Methods are chosen from the shape alone, never by timing, so that equal shapes give
/// equal bits in every run; with many threads the work on a large image is cut the same way for any number of them.
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
  public init(_ shape: ConvolutionShape, method: ConvolutionMethod = .automatic, boundary: Boundary = .zero) {
    self.shape = shape
    self.boundary = boundary
    self.method = method == .automatic ? Self.fastestMethod(shape, boundary) : method
    algorithm =
      switch self.method {
      case .direct, .automatic: DirectConvolution(shape, boundary)
      case .im2col: Im2colConvolution(shape, boundary)
      case .fft: FFTConvolution(shape, boundary)
      }
  }

  /// Creates scratch memory; one per thread.
  public func makeWorkspace() -> ConvolutionWorkspace<S> { ConvolutionWorkspace() }

  /// Brings a bank into the form that the passes read.
  ///
  /// - Parameter kernel: The weights, `[F, C, kh, kw]`.
  /// - Returns: The prepared bank.
  public func prepare(_ kernel: Span<S>) -> PreparedKernel<S> {
    var prepared = PreparedKernel(
      shape: shape, method: method, boundary: boundary, values: Tensor<S>.zeros([algorithm.preparedCount]))
    prepare(kernel, into: &prepared, workspace: makeWorkspace())
    return prepared
  }

  /// Prepares other weights in the memory of a bank that this plan prepared before.
  ///
  /// - Parameters:
  ///   - kernel: The weights, `[F, C, kh, kw]`.
  ///   - prepared: The bank to overwrite.
  ///   - workspace: Scratch memory.
  public func prepare(
    _ kernel: Span<S>, into prepared: inout PreparedKernel<S>, workspace: ConvolutionWorkspace<S>
  ) {
    checkCount(kernel.count, shape.kernelCount, "weights")
    checkKernel(prepared)
    kernel.withUnsafeBufferPointer { kernel in
      prepared.values.withUnsafeMutableBufferPointer {
        algorithm.prepare(
          kernel.baseAddress!, into: $0.baseAddress!, scratch: workspace.scratch(algorithm.scratchCount(.prepare)))
      }
    }
  }

  /// Correlates images with a bank.
  ///
  /// - Parameters:
  ///   - input: Images, `[n, C, H, W]`.
  ///   - kernel: The bank, prepared by a plan of the same shape and method.
  ///   - output: Receives `[n, F, Ho, Wo]`.
  ///   - workspace: Scratch memory.
  public func forward(
    _ input: Span<S>, _ kernel: PreparedKernel<S>, into output: inout MutableSpan<S>,
    workspace: ConvolutionWorkspace<S>
  ) {
    let images = imageCount(input.count, output.count)
    checkKernel(kernel)
    guard images > 0 else { return }
    let scratch = workspace.scratch(algorithm.scratchCount(.forward))
    input.withUnsafeBufferPointer { input in
      kernel.values.withUnsafeBufferPointer { kernel in
        output.withUnsafeMutableBufferPointer {
          algorithm.forward(
            input.baseAddress!, kernel.baseAddress!, into: $0.baseAddress!, images: images, scratch: scratch)
        }
      }
    }
  }

  /// Carries the gradient of a loss from the outputs back to the images.
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
    let scratch = workspace.scratch(algorithm.scratchCount(.gradientInput))
    outputGradient.withUnsafeBufferPointer { gradient in
      kernel.values.withUnsafeBufferPointer { kernel in
        inputGradient.withUnsafeMutableBufferPointer {
          algorithm.gradientInput(
            gradient.baseAddress!, kernel.baseAddress!, into: $0.baseAddress!, images: images, scratch: scratch)
        }
      }
    }
  }

  /// Adds the gradient of a loss with respect to the weights, summed over positions and images.
  ///
  /// - Parameters:
  ///   - input: The images of the forward pass, `[n, C, H, W]`.
  ///   - outputGradient: ∂L/∂y, `[n, F, Ho, Wo]`.
  ///   - kernelGradient: What ∂L/∂k, `[F, C, kh, kw]`, is added to.
  ///   - workspace: Scratch memory.
  public func gradientKernel(
    _ input: Span<S>, _ outputGradient: Span<S>, addingTo kernelGradient: inout MutableSpan<S>,
    workspace: ConvolutionWorkspace<S>
  ) {
    let images = imageCount(input.count, outputGradient.count)
    checkCount(kernelGradient.count, shape.kernelCount, "weights")
    guard images > 0 else { return }
    let scratch = workspace.scratch(algorithm.scratchCount(.gradientKernel))
    input.withUnsafeBufferPointer { input in
      outputGradient.withUnsafeBufferPointer { gradient in
        kernelGradient.withUnsafeMutableBufferPointer {
          algorithm.gradientKernel(
            input.baseAddress!, gradient.baseAddress!, addingTo: $0.baseAddress!, images: images, scratch: scratch)
        }
      }
    }
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
