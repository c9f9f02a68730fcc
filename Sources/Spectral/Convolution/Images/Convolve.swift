public import Tensors

/// Convolves images or signals with a kernel, as `scipy.signal.convolve2d`: y[i] = Σⱼ x[i − j]·k[j], the kernel flipped.
///
/// To convolve many times, make an ``ImageConvolutionPlan`` once. With a mask m, samples where it is false are not known:
/// y = conv(x·m, k) · ‖k‖₁ / conv(m, |k|), both extended by the same boundary, where outside a `zero` boundary m = 1.
/// Where a window holds no valid sample under a weight that is not 0, the output is NaN; where it holds only valid
/// samples, the output is exactly the one without a mask.
///
/// - Parameters:
///   - image: `[…, H, W]` with any batch axes, or signals `[…, n]`.
///   - kernel: `[kh, kw]`, or `[m]` for signals.
///   - mode: Which outputs are computed.
///   - boundary: What the image is outside its borders.
///   - mask: Where the samples are valid, of the shape of one image or of all; everywhere when left out.
///   - method: How it is computed, which never changes the result beyond rounding.
/// - Returns: `[…, Ho, Wo]` or `[…, n']`.
/// - Throws: ``InputError`` where the shapes do not fit, and in mode `valid` where the kernel is larger than the image.
public func convolve<S: SpectralScalar>(
  _ image: Tensor<S>, _ kernel: Tensor<S>, mode: ConvolutionMode, boundary: Boundary, mask: Tensor<Bool>? = nil,
  method: ConvolutionMethod = .automatic
) throws -> Tensor<S> {
  try apply(.convolution, image, kernel, mode, boundary, mask, method)
}

/// Correlates images or signals with a kernel: y[i] = Σⱼ x[i + j]·k[j], as the layer of a convolutional network does.
///
/// Modes `full` and `valid` are `scipy.signal.correlate2d`'s; `same` is PyTorch's `padding="same"`, which differs from
/// `scipy.signal.correlate` for even kernels. A mask means what it does in
/// ``convolve(_:_:mode:boundary:mask:method:)``.
///
/// - Parameters:
///   - image: `[…, H, W]` with any batch axes, or signals `[…, n]`.
///   - kernel: `[kh, kw]`, or `[m]` for signals.
///   - mode: Which outputs are computed.
///   - boundary: What the image is outside its borders.
///   - mask: Where the samples are valid, of the shape of one image or of all; everywhere when left out.
///   - method: How it is computed, which never changes the result beyond rounding.
/// - Returns: `[…, Ho, Wo]` or `[…, n']`.
/// - Throws: ``InputError`` where the shapes do not fit, and in mode `valid` where the kernel is larger than the image.
public func crossCorrelate<S: SpectralScalar>(
  _ image: Tensor<S>, _ kernel: Tensor<S>, mode: ConvolutionMode, boundary: Boundary, mask: Tensor<Bool>? = nil,
  method: ConvolutionMethod = .automatic
) throws -> Tensor<S> {
  try apply(.crossCorrelation, image, kernel, mode, boundary, mask, method)
}

private func apply<S: SpectralScalar>(
  _ operation: ConvolutionOperation, _ image: Tensor<S>, _ kernel: Tensor<S>, _ mode: ConvolutionMode,
  _ boundary: Boundary, _ mask: Tensor<Bool>?, _ method: ConvolutionMethod
) throws -> Tensor<S> {
  guard (1...2).contains(kernel.rank) else {
    throw InputError(
      "kernel", "expected [kh, kw], or [m] for signals, found shape \(kernel.shape)",
      remedy: "A bank of kernels [F, C/groups, kh, kw] is given as 'bank'.")
  }
  return try ConvolutionRequest(operation, .mode(mode), boundary: boundary).apply(image, kernel, mask, method)
}
