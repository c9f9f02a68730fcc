import Tensors

/// The fully connected layer y = W·x + b.
///
/// Shapes: `[K]` → `[J]`, with K `inputCount` and J `outputCount`; parameters `weight` `[J, K]` and `bias` `[J]`, as
/// `torch.nn.Linear`.
public struct Dense: Layer {
  /// "Dense".
  public var name: String { "Dense" }

  /// K, the number of inputs.
  public let inputCount: Int
  /// J, the number of outputs.
  public let outputCount: Int
  /// Whether a bias is added.
  public let hasBias: Bool

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - inputCount: K ≥ 1.
  ///   - outputCount: J ≥ 1.
  ///   - hasBias: Whether a bias is added.
  public init(inputCount: Int, outputCount: Int, hasBias: Bool = true) {
    precondition(
      inputCount >= 1 && outputCount >= 1, "expected at least 1 input and output, got \(inputCount) and \(outputCount)")
    self.inputCount = inputCount
    self.outputCount = outputCount
    self.hasBias = hasBias
  }

  /// `[J]`.
  public func outputShape(for inputShape: [Int]) throws -> [Int] {
    guard inputShape == [inputCount] else {
      throw LayerShapeError(expected: "a vector of \(inputCount) elements", found: inputShape)
    }
    return [outputCount]
  }

  /// `weight` `[J, K]` and `bias` `[J]`, with PyTorch's default initialisation.
  public func parameters(for inputShape: [Int]) -> [ParameterDescription] {
    let initializer = Initializer.standard(fanIn: inputCount)
    let weight = ParameterDescription("weight", shape: [outputCount, inputCount], initializer: initializer)
    let bias = ParameterDescription("bias", shape: [outputCount], initializer: initializer)
    return hasBias ? [weight, bias] : [weight]
  }

  /// J·K, and J for the biases: each parameter is used once.
  public func linkCount(for inputShape: [Int]) -> Int { outputCount * (inputCount + (hasBias ? 1 : 0)) }

  /// J·K.
  public func operationCount(for inputShape: [Int]) -> Int { outputCount * inputCount }

  /// Makes the part that computes: matrix products over the items of a batch.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> {
    .mapping(DensePlan<S>(layer: self))
  }
}

/// Y = X·Wᵀ + b over the rows of X, and its gradients dX = dY·W, dW += dYᵀ·X, db += Σ dY.
struct DensePlan<S: NetworkScalar>: MappingPlan {
  let layer: Dense

  private var weightCount: Int { layer.inputCount * layer.outputCount }

  typealias Prepared = Void
  typealias Scratch = Void
  typealias Record = Void

  func forward(
    _ input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into output: inout MutableSpan<S>
  ) {
    let (inputs, outputs) = (layer.inputCount, layer.outputCount)
    input.withUnsafeBufferPointer { x in
      parameters.withUnsafeBufferPointer { p in
        output.withUnsafeMutableBufferPointer { y in
          S.matrixMultiply(
            (count, outputs, inputs), alpha: 1, MatrixOperand(x.baseAddress!, rowStride: inputs),
            MatrixOperand(p.baseAddress!, rowStride: inputs, isTransposed: true), beta: 0,
            into: MatrixResult(y.baseAddress!, rowStride: outputs))
          if layer.hasBias {
            S.layerFunctions.channels.addBias(count, outputs, 1, p.baseAddress! + weightCount, y.baseAddress!)
          }
        }
      }
    }
  }

  func inputGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into inputGradient: inout MutableSpan<S>
  ) {
    let (inputs, outputs) = (layer.inputCount, layer.outputCount)
    outputGradient.withUnsafeBufferPointer { dy in
      parameters.withUnsafeBufferPointer { p in
        inputGradient.withUnsafeMutableBufferPointer { dx in
          S.matrixMultiply(
            (count, inputs, outputs), alpha: 1, MatrixOperand(dy.baseAddress!, rowStride: outputs),
            MatrixOperand(p.baseAddress!, rowStride: inputs), beta: 0,
            into: MatrixResult(dx.baseAddress!, rowStride: inputs))
        }
      }
    }
  }

  func parameterGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    addingTo gradient: inout MutableSpan<S>
  ) {
    let (inputs, outputs) = (layer.inputCount, layer.outputCount)
    outputGradient.withUnsafeBufferPointer { dy in
      input.withUnsafeBufferPointer { x in
        gradient.withUnsafeMutableBufferPointer { dp in
          S.matrixMultiply(
            (outputs, inputs, count), alpha: 1,
            MatrixOperand(dy.baseAddress!, rowStride: outputs, isTransposed: true),
            MatrixOperand(x.baseAddress!, rowStride: inputs), beta: 1,
            into: MatrixResult(dp.baseAddress!, rowStride: inputs))
          if layer.hasBias {
            S.layerFunctions.channels.biasGradient(count, outputs, 1, dy.baseAddress!, dp.baseAddress! + weightCount)
          }
        }
      }
    }
  }
}
