/// The softmax over channels, y[c] = e^x[c] / Σ_k e^x[k] at each position; as `torch.nn.Softmax(dim=1)`.
///
/// A network that is trained with ``SoftmaxCrossEntropy`` ends with logits instead.
///
/// Shapes: `[K]` or `[C, …]`, unchanged.
public struct Softmax: Layer {
  /// "Softmax".
  public var name: String { "Softmax" }

  /// Creates the layer.
  public init() {}

  /// The shape of the input.
  public func outputShape(for inputShape: [Int]) -> [Int] { inputShape }

  /// Makes the part that computes, which needs no memory of its own.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> {
    let (channels, size, loops) = (inputShape[0], inputShape.dropFirst().reduce(1, *), S.layerFunctions.activations)
    return .inPlace(
      FunctionPlan<S>(
        { loops.softmax($0 / (channels * size), channels, size, $1) },
        gradient: { loops.softmaxGradient($0 / (channels * size), channels, size, $1, $2) }))
  }
}
