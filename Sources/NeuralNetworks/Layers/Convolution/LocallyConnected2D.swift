internal import CKernels
import Spectral
import Tensors

/// A convolution whose filters differ from place to place: every unit has weights and a bias of its own.
///
/// y[f, i, j] = bias[f, i, j] + Σ_{c,u,v} x̃[c, i·strideY + u, j·strideX + v] · weight[f, c, u, v, i, j], where x̃ is the
/// image in a border of zeros.
///
/// Shapes: `[C, H, W]` → `[F, ⌊(H + top + bottom − kh)/strideY⌋ + 1, …]`; parameters `weight` `[F, C, kh, kw, Ho, Wo]`
/// and `bias` `[F, Ho, Wo]`.
public struct LocallyConnected2D: Layer {
  /// "LocallyConnected2D".
  public var name: String { "LocallyConnected2D" }

  /// C, the channels of an image.
  public let inputChannels: Int
  /// F, the channels of an output.
  public let outputChannels: Int
  /// kh and kw.
  public let kernelSize: Extent2D
  /// The rows and columns between neighbouring windows.
  public let stride: Extent2D
  /// The border of zeros.
  public let padding: Padding
  /// Whether a bias is added.
  public let hasBias: Bool

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - inputChannels: C ≥ 1.
  ///   - outputChannels: F ≥ 1.
  ///   - kernelSize: The size of a window.
  ///   - stride: The rows and columns between neighbouring windows.
  ///   - padding: The border of zeros; ``ConvolutionPadding/same`` needs stride 1.
  ///   - hasBias: Whether a bias is added.
  public init(
    inputChannels: Int, outputChannels: Int, kernelSize: Extent2D, stride: Extent2D = 1,
    padding: ConvolutionPadding = 0, hasBias: Bool = true
  ) {
    precondition(
      inputChannels >= 1 && outputChannels >= 1,
      "expected at least 1 input and output channel, got \(inputChannels) and \(outputChannels)")
    for (what, extent) in [("kernel", kernelSize), ("stride", stride)] {
      precondition(extent.height >= 1 && extent.width >= 1, "expected a \(what) of at least 1×1, got \(extent)")
    }
    precondition(padding != .same || stride == 1, "expected stride 1 for padding 'same', got \(stride)")
    let sides = padding.sides(kernel: kernelSize, dilation: 1)
    precondition(
      min(sides.top, sides.bottom, sides.left, sides.right) >= 0, "expected no negative padding, got \(sides)")
    (self.inputChannels, self.outputChannels, self.kernelSize) = (inputChannels, outputChannels, kernelSize)
    (self.stride, self.padding, self.hasBias) = (stride, sides, hasBias)
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

  /// `weight` and `bias`, uniform with bound 1/√(C·kh·kw).
  public func parameters(for inputShape: [Int]) -> [ParameterDescription] {
    let plane = (try? outputShape(for: inputShape)).map { Array($0.dropFirst()) } ?? []
    let initializer = Initializer.standard(fanIn: inputChannels * kernelSize.area)
    let shape = [outputChannels, inputChannels, kernelSize.height, kernelSize.width] + plane
    let weight = ParameterDescription("weight", shape: shape, initializer: initializer)
    return hasBias
      ? [weight, ParameterDescription("bias", shape: [outputChannels] + plane, initializer: initializer)] : [weight]
  }

  /// As many as parameters: each is used once.
  public func linkCount(for inputShape: [Int]) -> Int { parameters(for: inputShape).reduce(0) { $0 + $1.count } }

  /// F·Ho·Wo·C·kh·kw.
  public func operationCount(for inputShape: [Int]) -> Int { parameters(for: inputShape)[0].count }

  /// Makes the part that computes.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) throws -> LayerPlan<S> {
    let output = try outputShape(for: inputShape)
    let windows = kernel_windows(
      height: inputShape[1], width: inputShape[2], window_height: kernelSize.height, window_width: kernelSize.width,
      stride_y: stride.height, stride_x: stride.width, top: padding.top, left: padding.left, output_height: output[1],
      output_width: output[2])
    return .mapping(
      LocallyConnectedPlan<S>(
        channels: inputChannels, filters: outputChannels, windows: windows, hasBias: hasBias))
  }
}

/// The products of every unit with its own weights.
struct LocallyConnectedPlan<S: NetworkScalar>: MappingPlan {
  typealias Prepared = Void
  typealias Scratch = Void
  typealias Record = Void

  let channels: Int
  let filters: Int
  let windows: kernel_windows
  let hasBias: Bool

  private var units: Int { filters * windows.output_height * windows.output_width }
  private var weightCount: Int { units * channels * windows.window_height * windows.window_width }

  func forward(
    _ input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into output: inout MutableSpan<S>
  ) {
    input.withUnsafeBufferPointer { x in
      parameters.withUnsafeBufferPointer { p in
        output.withUnsafeMutableBufferPointer { y in
          S.layerFunctions.local.forward(
            count, channels, filters, windows, x.baseAddress!, p.baseAddress!, y.baseAddress!)
          guard hasBias else { return }
          S.layerFunctions.channels.addBias(count, units, 1, p.baseAddress! + weightCount, y.baseAddress!)
        }
      }
    }
  }

  func inputGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into inputGradient: inout MutableSpan<S>
  ) {
    outputGradient.withUnsafeBufferPointer { dy in
      parameters.withUnsafeBufferPointer { p in
        inputGradient.withUnsafeMutableBufferPointer {
          S.layerFunctions.local.inputGradient(
            count, channels, filters, windows, dy.baseAddress!, p.baseAddress!, $0.baseAddress!)
        }
      }
    }
  }

  func parameterGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    addingTo gradient: inout MutableSpan<S>
  ) {
    outputGradient.withUnsafeBufferPointer { dy in
      input.withUnsafeBufferPointer { x in
        gradient.withUnsafeMutableBufferPointer { dp in
          S.layerFunctions.local.weightGradient(
            count, channels, filters, windows, dy.baseAddress!, x.baseAddress!, dp.baseAddress!)
          guard hasBias else { return }
          S.layerFunctions.channels.biasGradient(count, units, 1, dy.baseAddress!, dp.baseAddress! + weightCount)
        }
      }
    }
  }
}
