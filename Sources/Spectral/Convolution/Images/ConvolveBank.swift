public import Tensors

/// Correlates images with a bank of kernels, as `torch.nn.functional.conv2d` and `conv1d`.
///
/// y[f, i, j] = Σ_{c,u,v} x̃[c, i·stride + u·dilation, j·stride + v·dilation] · k[f, c, u, v], where x̃ is the image
/// extended by the padding and c runs over the channels of f's group. Several kernels on one image are a bank with C = 1.
///
/// - Parameters:
///   - images: `[…, C, H, W]`, or signals `[…, C, n]`, with any batch axes.
///   - bank: `[F, C/groups, kh, kw]`, or `[F, C/groups, m]`.
///   - stride: The distance of neighbouring windows; of signals, x.
///   - dilation: The distance of neighbouring weights.
///   - groups: The parts that channels and kernels are divided into; C for the depth-wise convolution.
///   - padding: How far the images are extended.
///   - boundary: What they are extended by.
///   - method: How it is computed, which never changes the result beyond rounding.
/// - Returns: `[…, F, Ho, Wo]`, where Ho = ⌊(H + top + bottom − (kh − 1)·dilation − 1) / stride⌋ + 1.
/// - Throws: ``InputError`` where the sizes do not fit.
public func crossCorrelate<S: SpectralScalar>(
  _ images: Tensor<S>, bank: Tensor<S>, stride: (y: Int, x: Int) = (1, 1), dilation: (y: Int, x: Int) = (1, 1),
  groups: Int = 1, padding: Padding = Padding(0), boundary: Boundary = .zero, method: ConvolutionMethod = .automatic
) throws -> Tensor<S> {
  try apply(.crossCorrelation, .padding(padding), images, bank, stride, dilation, groups, boundary, method)
}

/// Correlates images with a bank of kernels, extended by what a mode says.
///
/// - Parameters:
///   - images: `[…, C, H, W]`, or signals `[…, C, n]`, with any batch axes.
///   - bank: `[F, C/groups, kh, kw]`, or `[F, C/groups, m]`.
///   - stride: The distance of neighbouring windows: every so many of the mode's outputs are computed.
///   - dilation: The distance of neighbouring weights.
///   - groups: The parts that channels and kernels are divided into.
///   - mode: Which outputs are computed.
///   - boundary: What the images are outside their borders.
///   - method: How it is computed, which never changes the result beyond rounding.
/// - Returns: `[…, F, Ho, Wo]`.
/// - Throws: ``InputError`` where the sizes do not fit.
public func crossCorrelate<S: SpectralScalar>(
  _ images: Tensor<S>, bank: Tensor<S>, stride: (y: Int, x: Int) = (1, 1), dilation: (y: Int, x: Int) = (1, 1),
  groups: Int = 1, mode: ConvolutionMode, boundary: Boundary, method: ConvolutionMethod = .automatic
) throws -> Tensor<S> {
  try apply(.crossCorrelation, .mode(mode), images, bank, stride, dilation, groups, boundary, method)
}

/// Convolves images with a bank of kernels: the cross-correlation with each kernel flipped.
///
/// - Parameters:
///   - images: `[…, C, H, W]`, or signals `[…, C, n]`, with any batch axes.
///   - bank: `[F, C/groups, kh, kw]`, or `[F, C/groups, m]`.
///   - stride: The distance of neighbouring windows.
///   - dilation: The distance of neighbouring weights.
///   - groups: The parts that channels and kernels are divided into.
///   - mode: Which outputs are computed.
///   - boundary: What the images are outside their borders.
///   - method: How it is computed, which never changes the result beyond rounding.
/// - Returns: `[…, F, Ho, Wo]`.
/// - Throws: ``InputError`` where the sizes do not fit.
public func convolve<S: SpectralScalar>(
  _ images: Tensor<S>, bank: Tensor<S>, stride: (y: Int, x: Int) = (1, 1), dilation: (y: Int, x: Int) = (1, 1),
  groups: Int = 1, mode: ConvolutionMode, boundary: Boundary, method: ConvolutionMethod = .automatic
) throws -> Tensor<S> {
  try apply(.convolution, .mode(mode), images, bank, stride, dilation, groups, boundary, method)
}

/// The transposed convolution, as `torch.nn.functional.conv_transpose2d` and `conv_transpose1d`: the adjoint of
/// ``crossCorrelate(_:bank:stride:dilation:groups:padding:boundary:method:)`` with the same bank.
///
/// x[c, h, w] = Σ y[f, i, j] · k[f, c, u, v] over all f, i, j, u, v with i·stride + u·dilation − top = h and
/// j·stride + v·dilation − left = w. Unlike PyTorch's, the output padding is always less than the stride.
///
/// - Parameters:
///   - outputs: y, `[…, F, Ho, Wo]`, or `[…, F, n]`.
///   - bank: k, `[F, C/groups, kh, kw]`, or `[F, C/groups, m]`.
///   - stride: The distance of neighbouring windows in the result.
///   - dilation: The distance of neighbouring weights.
///   - groups: The parts that channels and kernels are divided into.
///   - padding: What is cut off the result on each side.
///   - outputPadding: Rows and columns more at the end, of the sizes that a stride does not tell apart.
///   - method: How it is computed, which never changes the result beyond rounding.
/// - Returns: x, `[…, C, H, W]`, where H = (Ho − 1)·stride − top − bottom + (kh − 1)·dilation + 1 + outputPadding.
/// - Throws: ``InputError`` where the sizes do not fit.
public func transposedCrossCorrelate<S: SpectralScalar>(
  _ outputs: Tensor<S>, bank: Tensor<S>, stride: (y: Int, x: Int) = (1, 1), dilation: (y: Int, x: Int) = (1, 1),
  groups: Int = 1, padding: Padding = Padding(0), outputPadding: (y: Int, x: Int) = (0, 0),
  method: ConvolutionMethod = .automatic
) throws -> Tensor<S> {
  try apply(
    .crossCorrelation, .padding(padding), outputs, bank, stride, dilation, groups, .zero, method, isTransposed: true,
    outputPadding)
}

private func apply<S: SpectralScalar>(
  _ operation: ConvolutionOperation, _ extent: ConvolutionRequest.Extent, _ images: Tensor<S>, _ bank: Tensor<S>,
  _ stride: (y: Int, x: Int), _ dilation: (y: Int, x: Int), _ groups: Int, _ boundary: Boundary,
  _ method: ConvolutionMethod, isTransposed: Bool = false, _ outputPadding: (y: Int, x: Int) = (0, 0)
) throws -> Tensor<S> {
  guard (3...4).contains(bank.rank) else {
    throw InputError(
      "bank", "expected [F, C/groups, kh, kw], or [F, C/groups, m] for signals, found shape \(bank.shape)",
      remedy: "One kernel is given without 'bank'.")
  }
  var request = ConvolutionRequest(operation, extent, boundary: boundary)
  request.stride = .init(y: stride.y, x: stride.x)
  request.dilation = .init(y: dilation.y, x: dilation.x)
  request.groups = groups
  request.isTransposed = isTransposed
  request.outputPadding = .init(y: outputPadding.y, x: outputPadding.x)
  return try request.apply(images, bank, nil, method)
}
