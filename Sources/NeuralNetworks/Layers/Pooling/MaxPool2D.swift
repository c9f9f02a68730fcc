internal import CKernels

/// The largest value of each window; the gradient goes to the first largest in row-major order, as in PyTorch.
///
/// Shapes: `[C, H, W]` → `[C, ⌊(H + 2·padding − k)/stride⌋ + 1, …]`. Padded positions never win.
public struct MaxPool2D: Layer {
  /// "MaxPool2D".
  public var name: String { "MaxPool2D" }

  let windows: PoolingWindows

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - kernelSize: k, the size of a window.
  ///   - stride: The distance between windows; the window's size when left out.
  ///   - padding: Rows and columns added on each side; at most half the window.
  public init(kernelSize: Extent2D, stride: Extent2D? = nil, padding: Extent2D = 0) {
    windows = PoolingWindows(size: kernelSize, stride: stride, padding: padding)
  }

  /// One value per window.
  public func outputShape(for inputShape: [Int]) throws -> [Int] { try windows.outputShape(for: inputShape) }

  /// Makes the part that computes.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) throws -> LayerPlan<S> {
    let geometry = windows.onImage(inputShape, outputShape: try outputShape(for: inputShape))
    return .mapping(MaxPoolPlan<S>(channels: inputShape[0], windows: geometry))
  }
}

/// Max pooling over the planes of a batch; backward looks for the maxima again instead of storing where they were.
struct MaxPoolPlan<S: NetworkScalar>: StatelessMappingPlan {
  let channels: Int
  let windows: kernel_windows

  func forward(
    _ input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into output: inout MutableSpan<S>
  ) {
    input.withUnsafeBufferPointer { x in
      output.withUnsafeMutableBufferPointer { y in
        S.layerFunctions.pooling.maximum(count * channels, windows, x.baseAddress!, y.baseAddress!)
      }
    }
  }

  func inputGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into inputGradient: inout MutableSpan<S>
  ) {
    input.withUnsafeBufferPointer { x in
      outputGradient.withUnsafeBufferPointer { dy in
        inputGradient.withUnsafeMutableBufferPointer { dx in
          S.layerFunctions.pooling.maximumGradient(
            count * channels, windows, x.baseAddress!, dy.baseAddress!, dx.baseAddress!)
        }
      }
    }
  }
}
