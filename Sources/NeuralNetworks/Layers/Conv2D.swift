public import Spectral
import Tensors

/// A bank of learned filters: the cross-correlation of an image with each kernel, plus a bias per channel.
///
/// y[f, i, j] = bias[f] + Σ_{c,u,v} x̃[c, i·strideY + u, j·strideX + v] · weight[f, c, u, v], where x̃ is the image in a
/// border of zeros. The kernel is not flipped: this is what `torch.nn.Conv2d` computes. The gradient of a weight is the
/// sum over all positions that share it.
///
/// Shapes: `[C, H, W]` → `[F, ⌊(H + top + bottom − kh)/strideY⌋ + 1, …]`; parameters `weight` `[F, C, kh, kw]` and `bias`
/// `[F]`.
public struct Conv2D: Layer {
  /// "Conv2D".
  public var name: String { "Conv2D" }

  /// C, the channels of an image.
  public let inputChannels: Int
  /// F, the number of filters.
  public let outputChannels: Int
  /// kh and kw, the size of a filter.
  public let kernelSize: Extent2D
  /// The rows and columns between neighbouring windows.
  public let stride: Extent2D
  /// The border of zeros.
  public let padding: Padding
  /// Whether a bias is added.
  public let hasBias: Bool
  /// How the layer is computed, which changes the result by rounding only.
  public let method: ConvolutionMethod

  /// Creates a layer with a border of its own width on each side.
  ///
  /// - Parameters:
  ///   - inputChannels: C ≥ 1.
  ///   - outputChannels: F ≥ 1.
  ///   - kernelSize: The size of a filter.
  ///   - stride: The rows and columns between neighbouring windows.
  ///   - padding: The border of zeros.
  ///   - hasBias: Whether a bias is added.
  ///   - method: How the layer is computed.
  public init(
    inputChannels: Int, outputChannels: Int, kernelSize: Extent2D, stride: Extent2D = 1, padding: Padding,
    hasBias: Bool = true, method: ConvolutionMethod = .automatic
  ) {
    precondition(
      inputChannels >= 1 && outputChannels >= 1,
      "expected at least 1 input and output channel, got \(inputChannels) and \(outputChannels)")
    precondition(
      kernelSize.height >= 1 && kernelSize.width >= 1, "expected a kernel of at least 1×1, got \(kernelSize)")
    precondition(stride.height >= 1 && stride.width >= 1, "expected a stride of at least 1×1, got \(stride)")
    precondition(
      min(padding.top, padding.bottom, padding.left, padding.right) >= 0, "expected no negative padding, got \(padding)"
    )
    self.inputChannels = inputChannels
    self.outputChannels = outputChannels
    self.kernelSize = kernelSize
    self.stride = stride
    self.padding = padding
    self.hasBias = hasBias
    self.method = method
  }

  /// Creates a layer with the same border on opposite sides, as PyTorch's `padding` number.
  ///
  /// - Parameters:
  ///   - inputChannels: C ≥ 1.
  ///   - outputChannels: F ≥ 1.
  ///   - kernelSize: The size of a filter.
  ///   - stride: The rows and columns between neighbouring windows.
  ///   - padding: The rows of zeros above and below, the columns left and right.
  ///   - hasBias: Whether a bias is added.
  ///   - method: How the layer is computed.
  public init(
    inputChannels: Int, outputChannels: Int, kernelSize: Extent2D, stride: Extent2D = 1, padding: Extent2D = 0,
    hasBias: Bool = true, method: ConvolutionMethod = .automatic
  ) {
    self.init(
      inputChannels: inputChannels, outputChannels: outputChannels, kernelSize: kernelSize, stride: stride,
      padding: Padding(top: padding.height, bottom: padding.height, left: padding.width, right: padding.width),
      hasBias: hasBias, method: method)
  }

  /// `[F, Ho, Wo]`.
  public func outputShape(for inputShape: [Int]) throws -> [Int] {
    guard inputShape.count == 3, inputShape[0] == inputChannels else {
      throw LayerShapeError(expected: "images [\(inputChannels), H, W]", found: inputShape)
    }
    let height = inputShape[1] + padding.top + padding.bottom - kernelSize.height
    let width = inputShape[2] + padding.left + padding.right - kernelSize.width
    guard height >= 0 && width >= 0 else {
      throw LayerShapeError(expected: "images of at least \(kernelSize) with their padding", found: inputShape)
    }
    return [outputChannels, height / stride.height + 1, width / stride.width + 1]
  }

  /// `weight` `[F, C, kh, kw]` and `bias` `[F]`, with PyTorch's default initialisation.
  public func parameters(for inputShape: [Int]) -> [ParameterDescription] {
    let initializer = Initializer.standard(fanIn: inputChannels * kernelSize.area)
    let shape = [outputChannels, inputChannels, kernelSize.height, kernelSize.width]
    let weight = ParameterDescription("weight", shape: shape, initializer: initializer)
    let bias = ParameterDescription("bias", shape: [outputChannels], initializer: initializer)
    return hasBias ? [weight, bias] : [weight]
  }

  /// F·Ho·Wo·(C·kh·kw + 1): every output uses every weight of its filter, on padding too, and its bias.
  public func linkCount(for inputShape: [Int]) -> Int {
    outputCount(inputShape) * (inputChannels * kernelSize.area + (hasBias ? 1 : 0))
  }

  /// What the method really used multiplies, as ``ConvolutionPlan`` counts it: F·Ho·Wo·C·kh·kw for direct and im2col,
  /// transforms and products of spectra for fft.
  public func operationCount(for inputShape: [Int]) -> Int {
    (try? convolutionShape(inputShape)).map { ConvolutionPlan<Float>.operationCount($0, method: method) } ?? 0
  }

  /// Makes the part that computes, on a ``ConvolutionPlan``.
  public func makePlan<S: NetworkScalar>(for inputShape: [Int], as type: S.Type) throws -> LayerPlan<S> {
    let convolution = try ConvolutionPlan<S>(convolutionShape(inputShape), method: method)
    return .mapping(Conv2DPlan(convolution: convolution, hasBias: hasBias))
  }

  private func convolutionShape(_ inputShape: [Int]) throws -> ConvolutionShape {
    try ConvolutionShape(
      inputChannels: inputChannels, outputChannels: outputChannels, inputHeight: inputShape[1],
      inputWidth: inputShape[2], kernelHeight: kernelSize.height, kernelWidth: kernelSize.width,
      strideY: stride.height, strideX: stride.width, padding: padding)
  }

  private func outputCount(_ inputShape: [Int]) -> Int {
    ((try? outputShape(for: inputShape)) ?? [0]).reduce(1, *)
  }
}
