/// The same numbers under another shape, in row-major order, as `torch.nn.Unflatten`.
///
/// Shapes: any → `shape`, of as many elements.
public struct Reshape: Layer {
  /// "Reshape".
  public var name: String { "Reshape" }

  /// The new shape of one item.
  public let shape: [Int]

  /// Creates the layer.
  ///
  /// - Parameter shape: The new shape of one item, sizes of at least 1.
  public init(_ shape: [Int]) {
    precondition(!shape.isEmpty && shape.allSatisfy { $0 >= 1 }, "expected sizes of at least 1, got \(shape)")
    self.shape = shape
  }

  /// The new shape.
  public func outputShape(for inputShape: [Int]) throws -> [Int] {
    let count = shape.reduce(1, *)
    guard inputShape.reduce(1, *) == count else {
      throw LayerShapeError(expected: "\(count) elements", found: inputShape)
    }
    return shape
  }

  /// Nothing to compute.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> { .view }
}
