/// Turns an image into a vector, in row-major order of `[C, H, W]`.
///
/// Shapes: any → `[K]` with K the number of elements.
public struct Flatten: Layer {
  /// "Flatten".
  public var name: String { "Flatten" }

  /// Creates the layer.
  public init() {}

  /// A vector of all elements.
  public func outputShape(for inputShape: [Int]) -> [Int] { [inputShape.reduce(1, *)] }

  /// Nothing to compute.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> { .view }
}
