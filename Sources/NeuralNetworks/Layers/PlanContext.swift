public import Tensors

/// Whether a network learns or is applied: batch normalization and dropout differ.
public enum PassMode: Sendable {
  /// Statistics of the batch at hand, and dropout drawn from a stream.
  case training(RandomStream)
  /// Statistics that training has left, and no dropout.
  case evaluation
}

/// What a layer's plan is made for.
public struct PlanContext: Sendable {
  /// Whether the network learns; the stream is the layer's own.
  public let mode: PassMode
  /// The largest number of items of one call.
  public let itemCount: Int
  /// Whether gradients follow the forward passes.
  public let hasGradients: Bool

  /// Creates a context.
  ///
  /// - Parameters:
  ///   - mode: Whether the network learns.
  ///   - itemCount: The largest number of items of one call.
  ///   - hasGradients: Whether gradients follow the forward passes.
  public init(mode: PassMode, itemCount: Int, hasGradients: Bool) {
    self.mode = mode
    self.itemCount = itemCount
    self.hasGradients = hasGradients
  }

  /// The context of one layer, whose random numbers do not depend on the other layers.
  func ofLayer(_ key: String) -> PlanContext {
    guard case .training(let stream) = mode else { return self }
    return PlanContext(mode: .training(stream.split(key)), itemCount: itemCount, hasGradients: hasGradients)
  }
}
