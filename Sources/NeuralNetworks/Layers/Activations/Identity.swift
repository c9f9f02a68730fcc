/// The value itself: the other branch of a residual sum, and `torch.nn.Identity`.
///
/// Shapes: any, unchanged.
public struct Identity: Layer {
  /// "Identity".
  public var name: String { "Identity" }

  /// Creates the layer.
  public init() {}

  /// The shape of the input.
  public func outputShape(for inputShape: [Int]) -> [Int] { inputShape }

  /// Nothing to compute.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> { .view }
}
