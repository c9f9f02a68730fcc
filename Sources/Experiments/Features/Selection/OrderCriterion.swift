import Tensors

/// The order of the features themselves: by frequency, scale or degree, as their basis has it.
///
/// The data decide nothing.
public struct OrderCriterion: SelectionCriterion {
  /// `order`.
  public let name = "order"

  /// Creates the criterion.
  public init() {}

  /// −j for feature j.
  public func scores(_ features: Tensor<Double>, labels: [Int], classCount: Int) -> [Double] {
    (0..<features.shape[1]).map { -Double($0) }
  }
}
