import Spectral
import Tensors

/// What convolution layers of one and two dimensions share; a signal is an image of one row.
struct ConvolutionDescription: Sendable {
  let inputChannels: Int
  let outputChannels: Int
  let kernelSize: Extent2D
  let stride: Extent2D
  let dilation: Extent2D
  let groups: Int
  let connections: ConnectionTable?
  let padding: Padding
  let boundary: Boundary
  let paddingValue: Double
  let bias: BiasSharing
  let method: ConvolutionMethod

  init(
    _ inputChannels: Int, _ outputChannels: Int, kernelSize: Extent2D, stride: Extent2D, padding: ConvolutionPadding,
    dilation: Extent2D, groups: Int, connections: ConnectionTable?, bias: BiasSharing, boundary: Boundary,
    paddingValue: Double, method: ConvolutionMethod
  ) {
    for (what, extent) in [("kernel", kernelSize), ("stride", stride), ("dilation", dilation)] {
      precondition(extent.height >= 1 && extent.width >= 1, "expected a \(what) of at least 1×1, got \(extent)")
    }
    precondition(
      inputChannels >= 1 && outputChannels >= 1 && groups >= 1 && inputChannels % groups == 0
        && outputChannels % groups == 0,
      "expected channels that the groups divide, got \(inputChannels) and \(outputChannels) in \(groups)")
    precondition(padding != .same || stride == 1, "expected stride 1 for padding 'same', got \(stride)")
    precondition(
      paddingValue == 0 || boundary == .zero, "expected a padding value or the boundary '\(boundary)', got both")
    if let connections {
      precondition(
        groups == 1 && connections.planes.count == outputChannels
          && connections.planes.allSatisfy { $0.first! >= 0 && $0.last! < inputChannels },
        "expected a table of \(outputChannels) filters on \(inputChannels) planes in one group, got \(connections)")
    }
    let sides = padding.sides(kernel: kernelSize, dilation: dilation)
    precondition(
      min(sides.top, sides.bottom, sides.left, sides.right) >= 0, "expected no negative padding, got \(sides)")
    (self.inputChannels, self.outputChannels, self.kernelSize) = (inputChannels, outputChannels, kernelSize)
    (self.stride, self.dilation, self.groups, self.connections) = (stride, dilation, groups, connections)
    (self.padding, self.boundary, self.paddingValue) = (sides, boundary, paddingValue)
    (self.bias, self.method) = (bias, method)
  }

  /// The sizes on images `[C, H, W]`.
  func shape(for inputShape: [Int]) throws -> ConvolutionShape {
    let (height, width) = (inputShape[1] + padding.top + padding.bottom, inputShape[2] + padding.left + padding.right)
    guard (kernelSize.height - 1) * dilation.height < height && (kernelSize.width - 1) * dilation.width < width else {
      let dilated = dilation == 1 ? "" : " dilated by \(dilation)"
      throw LayerShapeError(
        expected: "images of at least \(kernelSize)\(dilated) with their padding", found: inputShape)
    }
    return try ConvolutionShape(
      inputChannels: inputChannels, outputChannels: outputChannels, inputHeight: inputShape[1],
      inputWidth: inputShape[2], kernelHeight: kernelSize.height, kernelWidth: kernelSize.width,
      strideY: stride.height, strideX: stride.width, dilationY: dilation.height, dilationX: dilation.width,
      groups: groups, padding: padding)
  }

  /// The kernels `[h, w]` that are learned.
  private var kernelCount: Int { connections?.count ?? outputChannels * inputChannels / groups }

  /// The tensors, with the given sizes of a kernel and of an output plane in their shapes.
  func parameters(kernel: [Int], plane: [Int]) -> [ParameterDescription] {
    let fanIn = kernelCount * kernelSize.area / outputChannels
    let initializer = Initializer.standard(fanIn: fanIn)
    let banks = connections.map { [$0.count] } ?? [outputChannels, inputChannels / groups]
    let weight = ParameterDescription("weight", shape: banks + kernel, initializer: initializer)
    switch bias {
    case .none: return [weight]
    case .channel: return [weight, ParameterDescription("bias", shape: [outputChannels], initializer: initializer)]
    case .unit:
      return [weight, ParameterDescription("bias", shape: [outputChannels] + plane, initializer: initializer)]
    }
  }

  /// Every output uses every weight of its filter, on padding too, and its bias.
  func linkCount(_ shape: ConvolutionShape) -> Int {
    let positions = shape.outputHeight * shape.outputWidth
    return positions * (kernelCount * kernelSize.area + (bias == .none ? 0 : outputChannels))
  }

  func operationCount(_ shape: ConvolutionShape) -> Int {
    ConvolutionPlan<Float>.operationCount(shape, method: method, boundary: boundary)
  }

  func makePlan<S: NetworkScalar>(_ shape: ConvolutionShape, in context: PlanContext) throws -> LayerPlan<S> {
    let work = ConvolutionWork(
      shape, boundary: boundary, images: context.itemCount, purpose: context.hasGradients ? .training : .forward)
    return .mapping(
      ConvolutionLayerPlan<S>(
        convolution: try ConvolutionPlan(work, method: method), bias: bias,
        places: connections?.places(channels: inputChannels), paddingValue: S(paddingValue),
        itemCount: context.itemCount))
  }
}
