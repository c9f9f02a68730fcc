import Tensors

/// Normalization of each item by itself, as `torch.nn.LayerNorm`: y = weight·(x − μ)/√(σ² + ε) + bias, with mean and
/// variance over the last axes of the item.
///
/// Shapes: any shape that ends with `shape`, unchanged; parameters `weight` and `bias` of shape `shape`. J. L. Ba,
/// J. R. Kiros and G. E. Hinton, *Layer normalization*, arXiv:1607.06450.
public struct LayerNorm: Layer {
  /// "LayerNorm".
  public var name: String { "LayerNorm" }

  /// The sizes of the axes that are normalized together.
  public let shape: [Int]
  /// What is added to the variance.
  public let epsilon: Double

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - shape: The sizes of the last axes, which are normalized together.
  ///   - epsilon: What is added to the variance.
  public init(shape: [Int], epsilon: Double = 1e-5) {
    precondition(!shape.isEmpty && shape.allSatisfy { $0 >= 1 }, "expected sizes of at least 1, got \(shape)")
    precondition(epsilon > 0, "expected an epsilon above 0, got \(epsilon)")
    self.shape = shape
    self.epsilon = epsilon
  }

  /// The shape of the input.
  public func outputShape(for inputShape: [Int]) throws -> [Int] {
    guard inputShape.suffix(shape.count) == shape[...] else {
      throw LayerShapeError(expected: "a shape that ends with \(shape)", found: inputShape)
    }
    return inputShape
  }

  /// `weight`, ones at first, and `bias`, zeros.
  public func parameters(for inputShape: [Int]) -> [ParameterDescription] {
    [
      ParameterDescription("weight", shape: shape, initializer: .constant(1)),
      ParameterDescription("bias", shape: shape, initializer: .constant(0)),
    ]
  }

  /// Two for each number: its scale and its shift.
  public func linkCount(for inputShape: [Int]) -> Int { 2 * inputShape.reduce(1, *) }

  /// Four multiply-adds for each number: two for the variance, two for scale and shift.
  public func operationCount(for inputShape: [Int]) -> Int { 4 * inputShape.reduce(1, *) }

  /// Makes the part that computes.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> {
    .mapping(LayerNormPlan<S>(count: shape.reduce(1, *), epsilon: epsilon))
  }
}

/// Rows of `count` numbers, each normalized by itself.
struct LayerNormPlan<S: NetworkScalar>: MappingPlan {
  let count: Int
  let epsilon: Double

  typealias Prepared = Void
  typealias Scratch = Void
  typealias Record = Void

  private var loops: NormalizationLoops<S> { S.layerFunctions.normalization }

  func forward(
    _ input: Span<S>, count items: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into output: inout MutableSpan<S>
  ) {
    input.withUnsafeBufferPointer { x in
      parameters.withUnsafeBufferPointer { p in
        output.withUnsafeMutableBufferPointer {
          loops.rows(
            x.count / count, count, epsilon, x.baseAddress!, p.baseAddress!, p.baseAddress! + count, $0.baseAddress!)
        }
      }
    }
  }

  func inputGradient(
    _ outputGradient: Span<S>, input: Span<S>, count items: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into inputGradient: inout MutableSpan<S>
  ) {
    outputGradient.withUnsafeBufferPointer { dy in
      input.withUnsafeBufferPointer { x in
        parameters.withUnsafeBufferPointer { p in
          inputGradient.withUnsafeMutableBufferPointer {
            loops.rowsGradient(
              x.count / count, count, epsilon, dy.baseAddress!, x.baseAddress!, p.baseAddress!, $0.baseAddress!)
          }
        }
      }
    }
  }

  func parameterGradient(
    _ outputGradient: Span<S>, input: Span<S>, count items: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    addingTo gradient: inout MutableSpan<S>
  ) {
    outputGradient.withUnsafeBufferPointer { dy in
      input.withUnsafeBufferPointer { x in
        gradient.withUnsafeMutableBufferPointer {
          loops.rowsParameterGradient(
            x.count / count, count, epsilon, dy.baseAddress!, x.baseAddress!, $0.baseAddress!, $0.baseAddress! + count)
        }
      }
    }
  }
}
