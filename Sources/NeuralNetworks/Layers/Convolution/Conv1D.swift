public import Spectral
import Tensors

/// A bank of learned filters on signals, as `torch.nn.Conv1d`:
/// y[f, i] = bias[f] + Σ_{c,u} x̃[c, i·stride + u·dilation] · weight[f, c, u].
///
/// Shapes: `[C, L]` → `[F, ⌊(L + left + right − dilation·(k − 1) − 1)/stride⌋ + 1]`; parameters `weight`
/// `[F, C/groups, k]` and `bias` `[F]`.
public struct Conv1D: Layer {
  /// "Conv1D".
  public var name: String { "Conv1D" }

  private let description: ConvolutionDescription

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - inputChannels: C ≥ 1.
  ///   - outputChannels: F ≥ 1.
  ///   - kernelSize: k.
  ///   - stride: The samples between neighbouring windows.
  ///   - padding: The samples added before and after.
  ///   - dilation: The samples between neighbouring weights.
  ///   - groups: The parts that channels and filters are divided into.
  ///   - bias: Which outputs share a bias.
  ///   - boundary: What the signal is extended with.
  ///   - method: How the layer is computed.
  public init(
    inputChannels: Int, outputChannels: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0, dilation: Int = 1,
    groups: Int = 1, bias: BiasSharing = .channel, boundary: Boundary = .zero, method: ConvolutionMethod = .automatic
  ) {
    func alongColumns(_ size: Int) -> Extent2D { Extent2D(height: 1, width: size) }
    description = ConvolutionDescription(
      inputChannels, outputChannels, kernelSize: alongColumns(kernelSize), stride: alongColumns(stride),
      padding: .symmetric(Extent2D(height: 0, width: padding)), dilation: alongColumns(dilation), groups: groups,
      connections: nil, bias: bias, boundary: boundary, paddingValue: 0, method: method)
  }

  /// `[F, Lo]`.
  public func outputShape(for inputShape: [Int]) throws -> [Int] {
    let shape = try shape(for: inputShape)
    return [shape.outputChannels, shape.outputWidth]
  }

  /// `weight` and `bias`, with PyTorch's default initialisation.
  public func parameters(for inputShape: [Int]) -> [ParameterDescription] {
    let plane = (try? outputShape(for: inputShape)).map { Array($0.dropFirst()) } ?? []
    return description.parameters(kernel: [description.kernelSize.width], plane: plane)
  }

  /// Lo times the weights of all filters and a bias each: padding counts.
  public func linkCount(for inputShape: [Int]) -> Int { (try? shape(for: inputShape)).map(description.linkCount) ?? 0 }

  /// What the method really used multiplies.
  public func operationCount(for inputShape: [Int]) -> Int {
    (try? shape(for: inputShape)).map(description.operationCount) ?? 0
  }

  /// Makes the part that computes, on a ``ConvolutionPlan``.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) throws -> LayerPlan<S> {
    try description.makePlan(shape(for: inputShape), in: context)
  }

  private func shape(for inputShape: [Int]) throws -> ConvolutionShape {
    guard inputShape.count == 2, inputShape[0] == description.inputChannels else {
      throw LayerShapeError(expected: "signals [\(description.inputChannels), L]", found: inputShape)
    }
    return try description.shape(for: [inputShape[0], 1, inputShape[1]])
  }
}
