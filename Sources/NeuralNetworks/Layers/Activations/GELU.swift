/// The Gaussian error linear unit y = x·Φ(x), Φ being the standard normal distribution; as `torch.nn.GELU`.
///
/// With the approximation `tanh`, y = ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³))).
///
/// Shapes: any, unchanged. D. Hendrycks and K. Gimpel, *Gaussian error linear units*, arXiv:1606.08415.
public struct GELU: Layer {
  /// How Φ is computed.
  public enum Approximation: String, CaseIterable, Sendable {
    /// By the error function.
    case none
    /// By a hyperbolic tangent.
    case tanh
  }

  /// "GELU".
  public var name: String { "GELU" }

  /// How Φ is computed.
  public let approximation: Approximation

  /// Creates the layer.
  ///
  /// - Parameter approximation: How Φ is computed.
  public init(approximation: Approximation = .none) { self.approximation = approximation }

  /// The shape of the input.
  public func outputShape(for inputShape: [Int]) -> [Int] { inputShape }

  /// Makes the part that computes; it keeps its input, since its gradient does not follow from its output.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> {
    .mapping(GELUPlan<S>(isTanh: approximation == .tanh ? 1 : 0))
  }
}

/// The function and its derivative at every number.
struct GELUPlan<S: NetworkScalar>: StatelessMappingPlan {
  let isTanh: Int32

  func forward(
    _ input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into output: inout MutableSpan<S>
  ) {
    input.withUnsafeBufferPointer { x in
      output.withUnsafeMutableBufferPointer {
        S.layerFunctions.activations.gelu(x.count, isTanh, x.baseAddress!, $0.baseAddress!)
      }
    }
  }

  func inputGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into inputGradient: inout MutableSpan<S>
  ) {
    input.withUnsafeBufferPointer { x in
      outputGradient.withUnsafeBufferPointer { dy in
        inputGradient.withUnsafeMutableBufferPointer {
          S.layerFunctions.activations.geluGradient(x.count, isTanh, x.baseAddress!, dy.baseAddress!, $0.baseAddress!)
        }
      }
    }
  }
}
