/// The size of a model in the three currencies in which models are matched.
public struct ModelCost: Codable, Sendable, Equatable {
  /// Trainable numbers; a multinomial model counts one vector per class.
  public let parameters: Int
  /// Uses of trainable weights and biases for one image, padded positions counted (LeCun's "connections").
  public let links: Int
  /// Real multiply-adds of one prediction, feature map included.
  public let operations: Int

  /// States the size of a model.
  public init(parameters: Int, links: Int, operations: Int) {
    self.parameters = parameters
    self.links = links
    self.operations = operations
  }
}
