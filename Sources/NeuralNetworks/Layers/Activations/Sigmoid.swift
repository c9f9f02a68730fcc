/// The logistic function y = 1 / (1 + e⁻ˣ), with gradient y·(1 − y).
///
/// Shapes: any, unchanged.
public struct Sigmoid: Layer {
  /// "Sigmoid".
  public var name: String { "Sigmoid" }

  /// Creates the layer.
  public init() {}

  /// The shape of the input.
  public func outputShape(for inputShape: [Int]) -> [Int] { inputShape }

  /// Makes the part that computes, which needs no memory of its own.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> {
    .inPlace(FunctionPlan(S.layerFunctions.activations.sigmoid, gradient: S.layerFunctions.activations.sigmoidGradient))
  }
}
