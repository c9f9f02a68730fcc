/// One tensor of a layer: something that it learns, or state that it keeps.
public struct ParameterDescription: Equatable, Sendable {
  /// What changes a tensor.
  public enum Role: Sendable {
    /// The optimizer.
    case learned
    /// The layer itself, such as the running mean of a batch normalization.
    case state
  }

  /// The name within the layer, as PyTorch has it, such as `"weight"`, or with the key of its node in front.
  public let name: String
  /// The shape, as PyTorch has it.
  public let shape: [Int]
  /// Where its first values come from.
  public let initializer: Initializer
  /// What changes it.
  public let role: Role

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// Creates a description.
  ///
  /// - Parameters:
  ///   - name: The name within the layer.
  ///   - shape: The shape.
  ///   - initializer: Where its first values come from.
  ///   - role: What changes it.
  public init(_ name: String, shape: [Int], initializer: Initializer, role: Role = .learned) {
    self.name = name
    self.shape = shape
    self.initializer = initializer
    self.role = role
  }

  /// The same tensor under the network's name, the node's key in front.
  func within(_ key: String) -> ParameterDescription {
    ParameterDescription("\(key).\(name)", shape: shape, initializer: initializer, role: role)
  }
}
