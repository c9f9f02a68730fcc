/// The hyperbolic tangent y = tanh x, with gradient 1 − y².
///
/// Shapes: any, unchanged.
public struct Tanh: Layer {
  /// "Tanh".
  public var name: String { "Tanh" }

  /// Creates the layer.
  public init() {}

  /// The shape of the input.
  public func outputShape(for inputShape: [Int]) -> [Int] { inputShape }

  /// Makes the part that computes, which needs no memory of its own.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> {
    .inPlace(FunctionPlan(S.layerFunctions.activations.tanh, gradient: S.layerFunctions.activations.tanhGradient))
  }
}
