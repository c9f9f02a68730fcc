/// One tensor that a layer learns.
public struct ParameterDescription: Equatable, Sendable {
  /// The name within the layer, as PyTorch has it: `"weight"` or `"bias"`.
  public let name: String
  /// The shape, as PyTorch has it.
  public let shape: [Int]
  /// Where its first values come from.
  public let initializer: Initializer

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// Creates a description.
  ///
  /// - Parameters:
  ///   - name: The name within the layer.
  ///   - shape: The shape.
  ///   - initializer: Where its first values come from.
  public init(_ name: String, shape: [Int], initializer: Initializer) {
    self.name = name
    self.shape = shape
    self.initializer = initializer
  }
}
