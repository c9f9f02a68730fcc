internal import CKernels

/// The mean of each window, padded zeros counted, as `torch.nn.AvgPool2d`.
///
/// Shapes: `[C, H, W]` → `[C, ⌊(H + 2·padding − k)/stride⌋ + 1, …]`.
public struct AveragePool2D: Layer {
  /// "AveragePool2D".
  public var name: String { "AveragePool2D" }

  let windows: PoolingWindows

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - kernelSize: k, the size of a window.
  ///   - stride: The distance between windows; the window's size when left out.
  ///   - padding: Rows and columns of zeros added on each side; at most half the window.
  public init(kernelSize: Extent2D, stride: Extent2D? = nil, padding: Extent2D = 0) {
    windows = PoolingWindows(size: kernelSize, stride: stride, padding: padding)
  }

  /// One value per window.
  public func outputShape(for inputShape: [Int]) throws -> [Int] { try windows.outputShape(for: inputShape) }

  /// One multiply-add per value in each window.
  public func operationCount(for inputShape: [Int]) -> Int {
    ((try? outputShape(for: inputShape)) ?? [0]).reduce(windows.size.area, *)
  }

  /// Makes the part that computes.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) throws -> LayerPlan<S> {
    let geometry = windows.onImage(inputShape, outputShape: try outputShape(for: inputShape))
    return .mapping(AveragePoolPlan<S>(channels: inputShape[0], windows: geometry))
  }
}

/// The mean of each whole plane.
///
/// Shapes: `[C, H, W]` → `[C, 1, 1]`, as `torch.nn.AdaptiveAvgPool2d(1)`.
public struct GlobalAveragePool2D: Layer {
  /// "GlobalAveragePool2D".
  public var name: String { "GlobalAveragePool2D" }

  /// Creates the layer.
  public init() {}

  /// `[C, 1, 1]`.
  public func outputShape(for inputShape: [Int]) throws -> [Int] {
    try pooling(inputShape).outputShape(for: inputShape)
  }

  /// One multiply-add per value of the image.
  public func operationCount(for inputShape: [Int]) -> Int { inputShape.reduce(1, *) }

  /// Makes the part that computes: average pooling with one window as large as the image.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) throws -> LayerPlan<S> {
    try pooling(inputShape).makePlan(for: inputShape, as: type, in: context)
  }

  private func pooling(_ inputShape: [Int]) throws -> AveragePool2D {
    guard inputShape.count == 3 else { throw LayerShapeError(expected: "images [C, H, W]", found: inputShape) }
    return AveragePool2D(kernelSize: Extent2D(height: inputShape[1], width: inputShape[2]))
  }
}

/// Average pooling over the planes of a batch.
struct AveragePoolPlan<S: NetworkScalar>: StatelessMappingPlan {
  let channels: Int
  let windows: kernel_windows

  func forward(
    _ input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into output: inout MutableSpan<S>
  ) {
    input.withUnsafeBufferPointer { x in
      output.withUnsafeMutableBufferPointer { y in
        S.layerFunctions.pooling.average(count * channels, windows, x.baseAddress!, y.baseAddress!)
      }
    }
  }

  func inputGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into inputGradient: inout MutableSpan<S>
  ) {
    outputGradient.withUnsafeBufferPointer { dy in
      inputGradient.withUnsafeMutableBufferPointer { dx in
        S.layerFunctions.pooling.averageGradient(count * channels, windows, dy.baseAddress!, dx.baseAddress!)
      }
    }
  }
}
