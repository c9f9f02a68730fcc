/// The rectifier that lets a share of negative numbers through: y = x for x > 0, slope·x otherwise, with gradient `slope`
/// at 0; as `torch.nn.LeakyReLU`.
///
/// Shapes: any, unchanged.
public struct LeakyReLU: Layer {
  /// "LeakyReLU".
  public var name: String { "LeakyReLU" }

  /// The factor of negative numbers.
  public let slope: Double

  /// Creates the layer.
  ///
  /// - Parameter slope: The factor of negative numbers, above 0.
  public init(slope: Double = 0.01) {
    precondition(slope > 0, "expected a slope above 0, got \(slope)")
    self.slope = slope
  }

  /// The shape of the input.
  public func outputShape(for inputShape: [Int]) -> [Int] { inputShape }

  /// Makes the part that computes, which needs no memory of its own.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> {
    let (slope, loops) = (S(slope), S.layerFunctions.activations)
    return .inPlace(
      FunctionPlan<S>({ loops.leakyReLU($0, slope, $1) }, gradient: { loops.leakyReLUGradient($0, slope, $1, $2) }))
  }
}
