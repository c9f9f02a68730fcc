/// Fewer rows and columns by leaving out high frequencies: the two-dimensional transform of each plane is cropped to
/// `[h, w]` coefficients round the mean, and transformed back.
///
/// Where h or w is even, the coefficients at the new Nyquist frequency are the mean of the two of the plane, so that the
/// result is real; it is scaled so that means stay. As a linear map of rows and columns by themselves it is computed, and
/// differentiated, as two matrix products.
///
/// Shapes: `[C, H, W]` → `[C, h, w]`, h ≤ H and w ≤ W. O. Rippel, J. Snoek and R. P. Adams, *Spectral representations for
/// convolutional neural networks*, NIPS 2015.
public struct SpectralPool2D: Layer {
  /// "SpectralPool2D".
  public var name: String { "SpectralPool2D" }

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
    guard inputShape.count == 3, inputShape[1] >= outputSize.height, inputShape[2] >= outputSize.width else {
      throw LayerShapeError(expected: "images [C, H, W] of at least \(outputSize)", found: inputShape)
    }
    return [inputShape[0], outputSize.height, outputSize.width]
  }

  /// Those of the two matrix products.
  public func operationCount(for inputShape: [Int]) -> Int {
    inputShape[0] * outputSize.width * inputShape[1] * (inputShape[2] + outputSize.height)
  }

  /// Makes the part that computes.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> {
    .separable(
      inputShape, rows: matrix(inputShape[1], outputSize.height), columns: matrix(inputShape[2], outputSize.width),
      in: context)
  }

  private func matrix(_ count: Int, _ target: Int) -> AxisMatrix {
    count == target ? .extended(count, before: 0, after: 0) : .lowFrequencies(count, to: target)
  }
}
