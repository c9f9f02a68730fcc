/// The rectifier y = max(x, 0), with gradient 0 at x ≤ 0; NaN stays NaN.
///
/// Shapes: any, unchanged.
public struct ReLU: Layer {
  /// "ReLU".
  public var name: String { "ReLU" }

  /// Creates the layer.
  public init() {}

  /// The shape of the input.
  public func outputShape(for inputShape: [Int]) -> [Int] { inputShape }

  /// Makes the part that computes, which needs no memory of its own.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> {
    .inPlace(FunctionPlan(S.layerFunctions.activations.relu, gradient: S.layerFunctions.activations.reluGradient))
  }
}
