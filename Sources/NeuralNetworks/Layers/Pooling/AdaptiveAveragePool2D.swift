/// The means of windows that cover an image evenly, as `torch.nn.AdaptiveAvgPool2d`: window i spans the rows from
/// ⌊i·H/h⌋ to before ⌈(i + 1)·H/h⌉.
///
/// Shapes: `[C, H, W]` → `[C, h, w]`.
public struct AdaptiveAveragePool2D: Layer {
  /// "AdaptiveAveragePool2D".
  public var name: String { "AdaptiveAveragePool2D" }

  /// h and w.
  public let outputSize: Extent2D

  /// Creates a layer.
  ///
  /// - Parameter outputSize: h and w, at least 1.
  public init(outputSize: Extent2D) {
    precondition(outputSize.height >= 1 && outputSize.width >= 1, "expected sizes of at least 1, got \(outputSize)")
    self.outputSize = outputSize
  }

  /// `[C, h, w]`.
  public func outputShape(for inputShape: [Int]) throws -> [Int] {
    guard inputShape.count == 3 else { throw LayerShapeError(expected: "images [C, H, W]", found: inputShape) }
    return [inputShape[0], outputSize.height, outputSize.width]
  }

  /// One multiply-add per value of the image and row of the output.
  public func operationCount(for inputShape: [Int]) -> Int {
    inputShape[0] * outputSize.width * inputShape[1] * (inputShape[2] + outputSize.height)
  }

  /// Makes the part that computes.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> {
    .separable(
      inputShape, rows: .means(inputShape[1], to: outputSize.height),
      columns: .means(inputShape[2], to: outputSize.width), in: context)
  }
}
