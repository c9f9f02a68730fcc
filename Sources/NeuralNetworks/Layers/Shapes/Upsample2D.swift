/// Planes with more rows and columns, as `torch.nn.Upsample`.
///
/// Shapes: `[C, H, W]` → `[C, fy·H, fx·W]`.
public struct Upsample2D: Layer {
  /// What stands between samples.
  public enum Interpolation: String, CaseIterable, Sendable {
    /// The nearest sample.
    case nearest
    /// Linear in both directions, the sampling positions centred: `align_corners=False`.
    case bilinear
    /// Linear in both directions, the corners kept: `align_corners=True`.
    case bilinearCorners = "bilinear-corners"
  }

  /// "Upsample2D".
  public var name: String { "Upsample2D" }

  /// fy and fx.
  public let factor: Extent2D
  /// What stands between samples.
  public let interpolation: Interpolation

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - factor: fy and fx, at least 1.
  ///   - interpolation: What stands between samples.
  public init(factor: Extent2D, interpolation: Interpolation = .nearest) {
    precondition(factor.height >= 1 && factor.width >= 1, "expected factors of at least 1, got \(factor)")
    self.factor = factor
    self.interpolation = interpolation
  }

  /// `[C, fy·H, fx·W]`.
  public func outputShape(for inputShape: [Int]) throws -> [Int] {
    guard inputShape.count == 3 else { throw LayerShapeError(expected: "images [C, H, W]", found: inputShape) }
    return [inputShape[0], factor.height * inputShape[1], factor.width * inputShape[2]]
  }

  /// Makes the part that computes.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> {
    .separable(
      inputShape, rows: matrix(inputShape[1], factor.height), columns: matrix(inputShape[2], factor.width), in: context)
  }

  private func matrix(_ count: Int, _ factor: Int) -> AxisMatrix {
    switch interpolation {
    case .nearest: .nearest(count, factor: factor)
    case .bilinear: .linear(count, factor: factor, alignsCorners: false)
    case .bilinearCorners: .linear(count, factor: factor, alignsCorners: true)
    }
  }
}
