internal import Numerics
internal import Tensors

// The convolutions that identities speak of, by a method of the caller's choice.

/// x ∗ k, linear: every output that the kernel's overlap with the image reaches.
func linearConvolution<S: SpectralScalar>(_ x: Tensor<S>, _ k: Tensor<S>, _ method: ConvolutionMethod) throws -> Tensor<
  S
> { try convolve(x, k, mode: .full, boundary: .zero, method: method) }

/// (x ⊛ k)[n] = Σₘ x[n − m]·k[m], indices modulo the size of x.
func circularConvolution<S: SpectralScalar>(_ x: Tensor<S>, _ k: Tensor<S>, _ method: ConvolutionMethod) throws
  -> Tensor<S>
{
  let padding = Padding(top: k.shape[0] - 1, bottom: 0, left: k.shape[1] - 1, right: 0)
  return try correlate(x, Tensor(k.elements.reversed(), shape: k.shape), padding, method)
}

/// (x ⋆ k)[n] = Σₘ x[s·n + d·m]·k[m], indices modulo the size of x, with stride s and dilation d.
func circularCorrelation<S: SpectralScalar>(
  _ x: Tensor<S>, _ k: Tensor<S>, _ method: ConvolutionMethod, stride: (y: Int, x: Int) = (1, 1),
  dilation: (y: Int, x: Int) = (1, 1)
) throws -> Tensor<S> {
  let padding = Padding(top: 0, bottom: (k.shape[0] - 1) * dilation.y, left: 0, right: (k.shape[1] - 1) * dilation.x)
  return try correlate(x, k, padding, method, stride, dilation)
}

/// The circular convolution of complex images, as four of real ones.
func circularConvolution<S: SpectralScalar>(
  _ x: Tensor<Complex<S>>, _ k: Tensor<Complex<S>>, _ method: ConvolutionMethod
) throws -> Tensor<Complex<S>> {
  let (a, b) = (realParts(x), imaginaryParts(x))
  let (c, d) = (realParts(k), imaginaryParts(k))
  let real = try circularConvolution(a, c, method) - circularConvolution(b, d, method)
  let imaginary = try circularConvolution(a, d, method) + circularConvolution(b, c, method)
  return complex(real, imaginary)
}

private func correlate<S: SpectralScalar>(
  _ x: Tensor<S>, _ k: Tensor<S>, _ padding: Padding, _ method: ConvolutionMethod, _ stride: (y: Int, x: Int) = (1, 1),
  _ dilation: (y: Int, x: Int) = (1, 1)
) throws -> Tensor<S> {
  let shape = try ConvolutionShape(
    inputHeight: x.shape[0], inputWidth: x.shape[1], kernelHeight: k.shape[0], kernelWidth: k.shape[1],
    strideY: stride.y, strideX: stride.x, dilationY: dilation.y, dilationX: dilation.x, padding: padding)
  let plan = try ConvolutionPlan<S>(shape, method: method, boundary: .circular)
  return plan.forward(x, k).reshaped([shape.outputHeight, shape.outputWidth])
}

extension ConvolutionPlan {
  /// The layer's output `[n, F, Ho, Wo]` for images `[n, C, H, W]`.
  func forward(_ x: Tensor<S>, _ k: Tensor<S>) -> Tensor<S> {
    let shape = [x.count / shape.inputCount, shape.outputChannels, shape.outputHeight, shape.outputWidth]
    return Self.written(shape) { forward(x.span, prepare(k.span), into: &$0, workspace: makeWorkspace()) }
  }

  /// The adjoint's output `[n, C, H, W]` for gradients `[n, F, Ho, Wo]`.
  func gradientInput(_ g: Tensor<S>, _ k: Tensor<S>) -> Tensor<S> {
    let shape = [g.count / shape.outputCount, shape.inputChannels, shape.inputHeight, shape.inputWidth]
    return Self.written(shape) { gradientInput(g.span, prepare(k.span), into: &$0, workspace: makeWorkspace()) }
  }

  /// The gradient with respect to the weights, `[F, C/groups, kh, kw]`.
  func gradientKernel(_ x: Tensor<S>, _ g: Tensor<S>) -> Tensor<S> {
    let channels = shape.inputChannels / shape.groups
    return Self.written([shape.outputChannels, channels, shape.kernelHeight, shape.kernelWidth]) {
      gradientKernel(x.span, g.span, addingTo: &$0, workspace: makeWorkspace())
    }
  }

  private static func written(_ shape: [Int], _ body: (inout MutableSpan<S>) -> Void) -> Tensor<S> {
    var result = Tensor<S>.zeros(shape)
    var span = result.mutableSpan
    body(&span)
    return result
  }
}
