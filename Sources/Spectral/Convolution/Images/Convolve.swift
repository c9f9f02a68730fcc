public import Tensors

/// Convolves images with a kernel, as `scipy.signal.convolve2d`: y[i] = Σⱼ x[i − j]·k[j], the kernel flipped.
///
/// To convolve many times, make an ``ImageConvolutionPlan`` once.
///
/// - Parameters:
///   - image: `[H, W]`, or a batch `[N, H, W]`.
///   - kernel: `[kh, kw]`.
///   - mode: Which outputs are computed.
///   - boundary: What the image is outside its borders.
///   - method: How it is computed, which never changes the result beyond rounding.
/// - Returns: `[Ho, Wo]` or `[N, Ho, Wo]`.
/// - Throws: ``InputError`` in mode `valid` where the kernel is larger than the image.
public func convolve<S: SpectralScalar>(
  _ image: Tensor<S>, _ kernel: Tensor<S>, mode: ConvolutionMode, boundary: Boundary,
  method: ConvolutionMethod = .automatic
) throws -> Tensor<S> {
  try apply(.convolution, image, kernel, mode, boundary, method)
}

/// Correlates images with a kernel: y[i] = Σⱼ x[i + j]·k[j], as the layer of a convolutional network does.
///
/// Modes `full` and `valid` are `scipy.signal.correlate2d`'s; `same` is PyTorch's `padding="same"`, which differs from
/// `scipy.signal.correlate` for even kernels.
///
/// - Parameters:
///   - image: `[H, W]`, or a batch `[N, H, W]`.
///   - kernel: `[kh, kw]`.
///   - mode: Which outputs are computed.
///   - boundary: What the image is outside its borders.
///   - method: How it is computed, which never changes the result beyond rounding.
/// - Returns: `[Ho, Wo]` or `[N, Ho, Wo]`.
/// - Throws: ``InputError`` in mode `valid` where the kernel is larger than the image.
public func crossCorrelate<S: SpectralScalar>(
  _ image: Tensor<S>, _ kernel: Tensor<S>, mode: ConvolutionMode, boundary: Boundary,
  method: ConvolutionMethod = .automatic
) throws -> Tensor<S> {
  try apply(.crossCorrelation, image, kernel, mode, boundary, method)
}

private func apply<S: SpectralScalar>(
  _ operation: ConvolutionOperation, _ image: Tensor<S>, _ kernel: Tensor<S>, _ mode: ConvolutionMode,
  _ boundary: Boundary, _ method: ConvolutionMethod
) throws -> Tensor<S> {
  precondition((2...3).contains(image.rank), "expected images [H, W] or [N, H, W], got shape \(image.shape)")
  precondition(kernel.rank == 2, "expected a kernel [kh, kw], got shape \(kernel.shape)")
  let plan = try ImageConvolutionPlan<S>(
    operation, imageSize: (image.shape[image.rank - 2], image.shape[image.rank - 1]),
    kernelSize: (kernel.shape[0], kernel.shape[1]), mode: mode, boundary: boundary, method: method)
  return plan.apply(plan.prepare(kernel), to: image, workspace: plan.makeWorkspace())
}
