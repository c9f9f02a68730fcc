public import Spectral
import Tensors

/// A bank of learned filters: the cross-correlation of an image with each kernel, plus a bias.
///
/// y[f, i, j] = bias[f] + Σ_{c,u,v} x̃[c, i·strideY + u·dilationY, j·strideX + v·dilationX] · weight[f, c, u, v], where x̃
/// is the image with its padding and c runs over the channels of f's group. The kernel is not flipped: this is what
/// `torch.nn.Conv2d` computes. The gradient of a weight is the sum over all positions that share it.
///
/// Shapes: `[C, H, W]` → `[F, ⌊(H + top + bottom − dilationY·(kh − 1) − 1)/strideY⌋ + 1, …]`; parameters `weight`
/// `[F, C/groups, kh, kw]`, or with a connection table `[pairs, kh, kw]`, and `bias` `[F]`, or one per unit
/// `[F, Ho, Wo]`.
public struct Conv2D: Layer {
  /// "Conv2D".
  public var name: String { "Conv2D" }

  /// What the layer is.
  let description: ConvolutionDescription

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - inputChannels: C ≥ 1.
  ///   - outputChannels: F ≥ 1.
  ///   - kernelSize: The size of a filter.
  ///   - stride: The rows and columns between neighbouring windows.
  ///   - padding: How far the image is extended on each side.
  ///   - dilation: The rows and columns between neighbouring weights.
  ///   - groups: The parts that channels and filters are divided into; C of them make a depth-wise convolution.
  ///   - connections: Which planes each filter sees; all of its group's when left out.
  ///   - bias: Which outputs share a bias.
  ///   - boundary: What the image is extended with.
  ///   - paddingValue: What stands in the padding, with the boundary `zero`.
  ///   - method: How the layer is computed, which changes the result by rounding only.
  public init(
    inputChannels: Int, outputChannels: Int, kernelSize: Extent2D, stride: Extent2D = 1,
    padding: ConvolutionPadding = 0, dilation: Extent2D = 1, groups: Int = 1, connections: ConnectionTable? = nil,
    bias: BiasSharing = .channel, boundary: Boundary = .zero, paddingValue: Double = 0,
    method: ConvolutionMethod = .automatic
  ) {
    description = ConvolutionDescription(
      inputChannels, outputChannels, kernelSize: kernelSize, stride: stride, padding: padding, dilation: dilation,
      groups: groups, connections: connections, bias: bias, boundary: boundary, paddingValue: paddingValue,
      method: method)
  }

  /// `[F, Ho, Wo]`.
  public func outputShape(for inputShape: [Int]) throws -> [Int] {
    let shape = try shape(for: inputShape)
    return [shape.outputChannels, shape.outputHeight, shape.outputWidth]
  }

  /// `weight` and `bias`, with PyTorch's default initialisation.
  public func parameters(for inputShape: [Int]) -> [ParameterDescription] {
    let plane = (try? outputShape(for: inputShape)).map { Array($0.dropFirst()) } ?? []
    return description.parameters(
      kernel: [description.kernelSize.height, description.kernelSize.width], plane: plane)
  }

  /// Ho·Wo times the weights of all filters and a bias each: padding counts.
  public func linkCount(for inputShape: [Int]) -> Int { (try? shape(for: inputShape)).map(description.linkCount) ?? 0 }

  /// What the method really used multiplies, as ``ConvolutionPlan`` counts it: F·Ho·Wo·C/groups·kh·kw for direct and
  /// im2col, transforms and products of spectra for fft.
  public func operationCount(for inputShape: [Int]) -> Int {
    (try? shape(for: inputShape)).map(description.operationCount) ?? 0
  }

  /// Makes the part that computes, on a ``ConvolutionPlan``.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) throws -> LayerPlan<S> {
    try description.makePlan(shape(for: inputShape), in: context)
  }

  func shape(for inputShape: [Int]) throws -> ConvolutionShape {
    guard inputShape.count == 3, inputShape[0] == description.inputChannels else {
      throw LayerShapeError(expected: "images [\(description.inputChannels), H, W]", found: inputShape)
    }
    return try description.shape(for: inputShape)
  }
}

/// A depth-wise convolution, one filter for each channel, and a convolution 1×1 that mixes the channels: what a
/// convolution is where its filters are products, with fewer weights.
///
/// Keys: `0` and `1` within its own. F. Chollet, *Xception: deep learning with depthwise separable convolutions*, CVPR
/// 2017.
///
/// - Parameters:
///   - inputChannels: C.
///   - outputChannels: F.
///   - kernelSize: The size of a filter.
///   - stride: The rows and columns between neighbouring windows.
///   - padding: How far the image is extended on each side.
/// - Returns: Both convolutions in a row.
public func depthwiseSeparableConv2D(
  inputChannels: Int, outputChannels: Int, kernelSize: Extent2D, stride: Extent2D = 1, padding: ConvolutionPadding = 0
) -> Sequential {
  Sequential {
    Conv2D(
      inputChannels: inputChannels, outputChannels: inputChannels, kernelSize: kernelSize, stride: stride,
      padding: padding, groups: inputChannels)
    Conv2D(inputChannels: inputChannels, outputChannels: outputChannels, kernelSize: 1)
  }
}
