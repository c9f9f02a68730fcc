public import Spectral

/// Zeros round an image, as `torch.nn.ZeroPad2d`.
///
/// Shapes: `[C, H, W]` → `[C, H + top + bottom, W + left + right]`.
public struct ZeroPad2D: Layer {
  /// "ZeroPad2D".
  public var name: String { "ZeroPad2D" }

  /// The rows and columns that are added.
  public let margins: Padding

  /// Creates a layer.
  ///
  /// - Parameter margins: The rows and columns that are added; none negative.
  public init(_ margins: Padding) {
    precondition(
      min(margins.top, margins.bottom, margins.left, margins.right) >= 0, "expected no negative margin, got \(margins)")
    self.margins = margins
  }

  /// The larger shape.
  public func outputShape(for inputShape: [Int]) throws -> [Int] {
    guard inputShape.count == 3 else { throw LayerShapeError(expected: "images [C, H, W]", found: inputShape) }
    return [
      inputShape[0], inputShape[1] + margins.top + margins.bottom, inputShape[2] + margins.left + margins.right,
    ]
  }

  /// Makes the part that computes.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> {
    .separable(
      inputShape, rows: .extended(inputShape[1], before: margins.top, after: margins.bottom),
      columns: .extended(inputShape[2], before: margins.left, after: margins.right), in: context)
  }
}

/// An image without its margins.
///
/// Shapes: `[C, H, W]` → `[C, H − top − bottom, W − left − right]`.
public struct Crop2D: Layer {
  /// "Crop2D".
  public var name: String { "Crop2D" }

  /// The rows and columns that are left out.
  public let margins: Padding

  /// Creates a layer.
  ///
  /// - Parameter margins: The rows and columns that are left out; none negative.
  public init(_ margins: Padding) {
    precondition(
      min(margins.top, margins.bottom, margins.left, margins.right) >= 0, "expected no negative margin, got \(margins)")
    self.margins = margins
  }

  /// The smaller shape.
  public func outputShape(for inputShape: [Int]) throws -> [Int] {
    guard inputShape.count == 3, inputShape[1] > margins.top + margins.bottom,
      inputShape[2] > margins.left + margins.right
    else {
      let (rows, columns) = (margins.top + margins.bottom + 1, margins.left + margins.right + 1)
      throw LayerShapeError(expected: "images [C, H, W] of at least \(rows)×\(columns)", found: inputShape)
    }
    return [
      inputShape[0], inputShape[1] - margins.top - margins.bottom, inputShape[2] - margins.left - margins.right,
    ]
  }

  /// Makes the part that computes.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> {
    .separable(
      inputShape, rows: .extended(inputShape[1], before: -margins.top, after: -margins.bottom),
      columns: .extended(inputShape[2], before: -margins.left, after: -margins.right), in: context)
  }
}
