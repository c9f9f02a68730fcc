import Tensors

/// A network: the shape of one input and an acyclic graph of layers, all shapes inferred and checked.
///
/// A description: it holds no weights and no precision, and making one allocates nothing. Layers in a row have the
/// names that PyTorch's `torch.nn.Sequential` of the same layers gives them: the layer's position, activations counted,
/// and the name within the layer, such as `"3.weight"`.
///
/// ```swift
/// let network = try Network(inputShape: [1, 16, 16]) {
///   Conv2D(inputChannels: 1, outputChannels: 8, kernelSize: 3, padding: 1)
///   ReLU()
///   Residual {
///     Conv2D(inputChannels: 8, outputChannels: 8, kernelSize: 3, padding: 1)
///     ReLU()
///   }
///   GlobalAveragePool2D()
///   Flatten()
///   Dense(inputCount: 8, outputCount: 10)
/// }
/// ```
public struct Network: Sendable {
  /// The shape of one input, such as `[C, H, W]`.
  public let inputShape: [Int]
  /// The layers and joinings, each after all that it reads; the last one's value is the output.
  public let nodes: [Node]

  /// Creates a network of pieces in a row and checks that its shapes fit.
  ///
  /// - Parameters:
  ///   - inputShape: The shape of one input.
  ///   - layers: At least one layer or arrangement, in order.
  /// - Throws: ``InputError`` naming the layer, what it expects and what it would receive.
  public init(inputShape: [Int], layers: [any NetworkElement]) throws {
    precondition(!layers.isEmpty, "expected at least one layer")
    var graph = try NetworkGraph(inputShape: inputShape)
    try graph.append(layers)
    self.init(inputShape: inputShape, nodes: graph.nodes)
  }

  /// Creates a network of pieces in a row and checks that its shapes fit.
  ///
  /// - Parameters:
  ///   - inputShape: The shape of one input.
  ///   - layers: At least one layer or arrangement, in order.
  /// - Throws: ``InputError`` naming the layer, what it expects and what it would receive.
  public init(inputShape: [Int], @NetworkBuilder _ layers: () -> [any NetworkElement]) throws {
    try self.init(inputShape: inputShape, layers: layers())
  }

  init(inputShape: [Int], nodes: [Node]) {
    self.inputShape = inputShape
    self.nodes = nodes
  }

  /// The shape of one output.
  public var outputShape: [Int] { nodes.last!.outputShape }

  /// All tensors in order, learned ones and state.
  public var parameters: [ParameterDescription] { nodes.flatMap(\.parameters) }

  /// The number of trainable numbers.
  public var parameterCount: Int { nodes.reduce(0) { $0 + $1.parameterCount } }

  /// The uses of trainable weights and biases for one input, padded positions counted (LeCun's "connections").
  public var linkCount: Int { nodes.reduce(0) { $0 + $1.linkCount } }

  /// The real multiply-adds of one prediction.
  public var operationCount: Int { nodes.reduce(0) { $0 + $1.operationCount } }
}
