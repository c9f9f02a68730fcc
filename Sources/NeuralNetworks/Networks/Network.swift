import Tensors

/// A network: the shape of one input and layers in a row, all shapes inferred and checked.
///
/// A description: it holds no weights and no precision, and making one allocates nothing. Parameters have the names that
/// PyTorch's `torch.nn.Sequential` of the same layers gives them: the layer's position, activations counted, and the
/// name within the layer, such as `"3.weight"`.
public struct Network: Sendable {
  /// A layer at its place in a network.
  public struct Node: Sendable {
    /// The position, from `"0"`, which is PyTorch's key.
    public let key: String
    /// The layer.
    public let layer: any Layer
    /// The shape of one item that comes in.
    public let inputShape: [Int]
    /// The shape of one item that goes out.
    public let outputShape: [Int]

    /// What the layer learns, under the names of the network.
    public var parameters: [ParameterDescription] {
      layer.parameters(for: inputShape).map {
        ParameterDescription("\(key).\($0.name)", shape: $0.shape, initializer: $0.initializer)
      }
    }
  }

  /// The shape of one input, `[C, H, W]`.
  public let inputShape: [Int]
  /// The layers in order, with their shapes.
  public let nodes: [Node]

  /// Creates a network and checks that its shapes fit.
  ///
  /// - Parameters:
  ///   - inputShape: The shape of one input, `[C, H, W]`.
  ///   - layers: At least one layer, in order.
  /// - Throws: ``InputError`` naming the layer, what it expects and what it would receive.
  public init(inputShape: [Int], layers: [any Layer]) throws {
    precondition(!layers.isEmpty, "expected at least one layer")
    guard !inputShape.isEmpty && inputShape.allSatisfy({ $0 >= 1 }) else {
      throw InputError("network", "expected an input shape of sizes of at least 1, found \(inputShape)")
    }
    var shape = inputShape
    self.inputShape = inputShape
    nodes = try layers.enumerated().map { index, layer in
      let output = try Network.outputShape(of: layer, at: index, for: shape)
      defer { shape = output }
      return Node(key: "\(index)", layer: layer, inputShape: shape, outputShape: output)
    }
  }

  /// The shape of one output.
  public var outputShape: [Int] { nodes.last!.outputShape }

  /// All parameters in order.
  public var parameters: [ParameterDescription] { nodes.flatMap(\.parameters) }

  /// The number of trainable numbers.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

  /// The uses of trainable weights and biases for one input, padded positions counted (LeCun's "connections").
  public var linkCount: Int { nodes.reduce(0) { $0 + $1.layer.linkCount(for: $1.inputShape) } }

  /// The real multiply-adds of one prediction.
  public var operationCount: Int { nodes.reduce(0) { $0 + $1.layer.operationCount(for: $1.inputShape) } }

  private static func outputShape(of layer: any Layer, at index: Int, for shape: [Int]) throws -> [Int] {
    do {
      return try layer.outputShape(for: shape)
    } catch let error as LayerShapeError {
      throw InputError(
        "layer \(index) (\(layer.name))", "expected \(error.expected), found shape \(error.found)",
        remedy: "Change the layer, the layers before it, or the size of the images.")
    }
  }
}
