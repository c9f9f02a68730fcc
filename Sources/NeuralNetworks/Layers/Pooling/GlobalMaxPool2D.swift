/// The largest value of each whole plane, as `torch.nn.AdaptiveMaxPool2d(1)`.
///
/// Shapes: `[C, H, W]` → `[C, 1, 1]`.
public struct GlobalMaxPool2D: Layer {
  /// "GlobalMaxPool2D".
  public var name: String { "GlobalMaxPool2D" }

  /// Creates the layer.
  public init() {}

  /// `[C, 1, 1]`.
  public func outputShape(for inputShape: [Int]) throws -> [Int] {
    try pooling(inputShape).outputShape(for: inputShape)
  }

  /// Makes the part that computes: max pooling with one window as large as the image.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) throws -> LayerPlan<S> {
    try pooling(inputShape).makePlan(for: inputShape, as: type, in: context)
  }

  private func pooling(_ inputShape: [Int]) throws -> MaxPool2D {
    guard inputShape.count == 3 else { throw LayerShapeError(expected: "images [C, H, W]", found: inputShape) }
    return MaxPool2D(kernelSize: Extent2D(height: inputShape[1], width: inputShape[2]))
  }
}
