public import Spectral
import Tensors

/// The adjoint of a convolution as a layer, as `torch.nn.ConvTranspose2d`: every sample x[c, i, j] adds
/// x·weight[c, f, u, v] to the output at (i·strideY + u·dilationY − paddingY, …).
///
/// Shapes: `[C, H, W]` → `[F, (H − 1)·strideY − 2·paddingY + dilationY·(kh − 1) + extraY + 1, …]`; parameters `weight`
/// `[C, F/groups, kh, kw]` and `bias` `[F]`.
public struct TransposedConv2D: Layer {
  /// "TransposedConv2D".
  public var name: String { "TransposedConv2D" }

  /// C, the channels of an image.
  public let inputChannels: Int
  /// F, the channels of an output.
  public let outputChannels: Int
  /// kh and kw.
  public let kernelSize: Extent2D
  /// The rows and columns of the output between neighbouring samples.
  public let stride: Extent2D
  /// The rows and columns of the output that are left out on each side.
  public let padding: Extent2D
  /// The rows and columns that are added below and to the right; less than the stride.
  public let outputPadding: Extent2D
  /// The rows and columns between neighbouring weights.
  public let dilation: Extent2D
  /// The parts that channels are divided into.
  public let groups: Int
  /// Whether a bias is added.
  public let hasBias: Bool
  /// How the layer is computed.
  public let method: ConvolutionMethod

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - inputChannels: C ≥ 1, a multiple of `groups`.
  ///   - outputChannels: F ≥ 1, a multiple of `groups`.
  ///   - kernelSize: The size of a filter.
  ///   - stride: The rows and columns of the output between neighbouring samples.
  ///   - padding: The rows and columns of the output that are left out on each side.
  ///   - outputPadding: The rows and columns that are added below and to the right; less than the stride.
  ///   - dilation: The rows and columns between neighbouring weights.
  ///   - groups: The parts that channels are divided into.
  ///   - hasBias: Whether a bias is added.
  ///   - method: How the layer is computed.
  public init(
    inputChannels: Int, outputChannels: Int, kernelSize: Extent2D, stride: Extent2D = 1, padding: Extent2D = 0,
    outputPadding: Extent2D = 0, dilation: Extent2D = 1, groups: Int = 1, hasBias: Bool = true,
    method: ConvolutionMethod = .automatic
  ) {
    precondition(
      inputChannels >= 1 && outputChannels >= 1 && groups >= 1 && inputChannels % groups == 0
        && outputChannels % groups == 0,
      "expected channels that the groups divide, got \(inputChannels) and \(outputChannels) in \(groups)")
    for (what, extent) in [("kernel", kernelSize), ("stride", stride), ("dilation", dilation)] {
      precondition(extent.height >= 1 && extent.width >= 1, "expected a \(what) of at least 1×1, got \(extent)")
    }
    precondition(
      (0..<stride.height).contains(outputPadding.height) && (0..<stride.width).contains(outputPadding.width),
      "expected an output padding below the stride \(stride), got \(outputPadding)")
    precondition(padding.height >= 0 && padding.width >= 0, "expected no negative padding, got \(padding)")
    (self.inputChannels, self.outputChannels, self.kernelSize) = (inputChannels, outputChannels, kernelSize)
    (self.stride, self.padding, self.outputPadding) = (stride, padding, outputPadding)
    (self.dilation, self.groups, self.hasBias, self.method) = (dilation, groups, hasBias, method)
  }

  /// `[F, Ho, Wo]`.
  public func outputShape(for inputShape: [Int]) throws -> [Int] {
    guard inputShape.count == 3, inputShape[0] == inputChannels else {
      throw LayerShapeError(expected: "images [\(inputChannels), H, W]", found: inputShape)
    }
    let height =
      (inputShape[1] - 1) * stride.height - 2 * padding.height + dilation.height * (kernelSize.height - 1)
      + outputPadding.height + 1
    let width =
      (inputShape[2] - 1) * stride.width - 2 * padding.width + dilation.width * (kernelSize.width - 1)
      + outputPadding.width + 1
    guard height >= 1 && width >= 1 else {
      throw LayerShapeError(expected: "larger images for a padding of \(padding)", found: inputShape)
    }
    return [outputChannels, height, width]
  }

  /// `weight` `[C, F/groups, kh, kw]` and `bias` `[F]`, with PyTorch's default initialisation.
  public func parameters(for inputShape: [Int]) -> [ParameterDescription] {
    let initializer = Initializer.standard(fanIn: outputChannels / groups * kernelSize.area)
    let shape = [inputChannels, outputChannels / groups, kernelSize.height, kernelSize.width]
    let weight = ParameterDescription("weight", shape: shape, initializer: initializer)
    return hasBias
      ? [weight, ParameterDescription("bias", shape: [outputChannels], initializer: initializer)] : [weight]
  }

  /// Every sample uses every weight of its channel, and every output its bias.
  public func linkCount(for inputShape: [Int]) -> Int {
    let biases = hasBias ? ((try? outputShape(for: inputShape)) ?? [0]).reduce(1, *) : 0
    return inputShape.reduce(1, *) * outputChannels / groups * kernelSize.area + biases
  }

  /// C·H·W·F/groups·kh·kw.
  public func operationCount(for inputShape: [Int]) -> Int {
    inputShape.reduce(1, *) * outputChannels / groups * kernelSize.area
  }

  /// Makes the part that computes: the convolution of the outputs, backwards.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) throws -> LayerPlan<S> {
    let output = try outputShape(for: inputShape)
    let shape = try ConvolutionShape(
      inputChannels: outputChannels, outputChannels: inputChannels, inputHeight: output[1], inputWidth: output[2],
      kernelHeight: kernelSize.height, kernelWidth: kernelSize.width, strideY: stride.height, strideX: stride.width,
      dilationY: dilation.height, dilationX: dilation.width, groups: groups,
      padding: Padding(top: padding.height, bottom: padding.height, left: padding.width, right: padding.width))
    let work = ConvolutionWork(shape, images: context.itemCount, purpose: .training)
    return .mapping(
      TransposedConvolutionPlan<S>(convolution: try ConvolutionPlan(work, method: method), hasBias: hasBias))
  }
}

/// Forward is the adjoint of a convolution; its gradients are the convolution and the gradient of its kernel.
struct TransposedConvolutionPlan<S: NetworkScalar>: MappingPlan {
  typealias Record = Void

  let convolution: ConvolutionPlan<S>
  let hasBias: Bool

  struct Prepared: Sendable {
    var filters: PreparedKernel<S>
    let workspace: ConvolutionWorkspace<S>
  }

  private var weightCount: Int { convolution.shape.kernelCount }
  private var channels: Int { convolution.shape.inputChannels }
  private var positions: Int { convolution.shape.inputHeight * convolution.shape.inputWidth }

  func prepare(_ parameters: Span<S>, state: Span<S>, into prepared: inout Prepared?) {
    let weights = parameters.extracting(0..<weightCount)
    guard let workspace = prepared?.workspace else {
      prepared = Prepared(filters: convolution.prepare(weights), workspace: convolution.makeWorkspace())
      return
    }
    convolution.prepare(weights, into: &prepared!.filters, workspace: workspace)
  }

  func makeScratch() -> ConvolutionWorkspace<S> { convolution.makeWorkspace() }

  func forward(
    _ input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into output: inout MutableSpan<S>
  ) {
    convolution.gradientInput(input, memory.prepared.filters, into: &output, workspace: memory.scratch)
    guard hasBias else { return }
    parameters.withUnsafeBufferPointer { parameters in
      output.withUnsafeMutableBufferPointer {
        S.layerFunctions.channels.addBias(
          count, channels, positions, parameters.baseAddress! + weightCount, $0.baseAddress!)
      }
    }
  }

  func inputGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into inputGradient: inout MutableSpan<S>
  ) {
    convolution.forward(outputGradient, memory.prepared.filters, into: &inputGradient, workspace: memory.scratch)
  }

  func parameterGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    addingTo gradient: inout MutableSpan<S>
  ) {
    gradient.withUnsafeMutableBufferPointer { gradient in
      var weightGradient = UnsafeMutableBufferPointer(rebasing: gradient[..<weightCount]).mutableSpan
      convolution.gradientKernel(outputGradient, input, addingTo: &weightGradient, workspace: memory.scratch)
      guard hasBias else { return }
      outputGradient.withUnsafeBufferPointer {
        S.layerFunctions.channels.biasGradient(
          count, channels, positions, $0.baseAddress!, gradient.baseAddress! + weightCount)
      }
    }
  }
}
