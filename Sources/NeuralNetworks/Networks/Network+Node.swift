import Tensors

extension Network {
  /// A layer or a joining at its place in a network.
  public struct Node: Sendable {
    /// What a node does.
    public enum Operation: Sendable {
      /// Applies a layer to one value.
      case layer(any Layer)
      /// Makes one value of several.
      case join(Join)
    }

    /// The position, from `"0"`, which is PyTorch's key.
    public let key: String
    /// What it does.
    public let operation: Operation
    /// The values that it reads: 0 is the network's input, n + 1 the output of node n.
    public let inputs: [Int]
    /// The shapes of one item that comes in.
    public let inputShapes: [[Int]]
    /// The shape of one item that goes out.
    public let outputShape: [Int]
    /// Whether its parameters are not trained.
    public let isFrozen: Bool

    /// The layer, where it is one.
    public var layer: (any Layer)? { if case .layer(let layer) = operation { layer } else { nil } }

    /// The name that errors and summaries print.
    public var name: String {
      switch operation {
      case .layer(let layer): layer.name
      case .join(let join): join.rawValue
      }
    }

    /// The tensors of the layer, under the names of the network.
    public var parameters: [ParameterDescription] {
      layer?.parameters(for: inputShapes[0]).map { $0.within(key) } ?? []
    }

    /// The number of trainable numbers; 0 where it is frozen.
    public var parameterCount: Int {
      isFrozen ? 0 : parameters.reduce(0) { $0 + ($1.role == .learned ? $1.count : 0) }
    }

    /// The uses of trainable weights and biases for one input; 0 where it is frozen.
    public var linkCount: Int { isFrozen ? 0 : layer?.linkCount(for: inputShapes[0]) ?? 0 }

    /// The real multiply-adds for one input.
    public var operationCount: Int {
      switch operation {
      case .layer(let layer): layer.operationCount(for: inputShapes[0])
      case .join(.scaling): outputShape.reduce(1, *)
      case .join: 0
      }
    }

    /// The same node, trained or not.
    func frozen(_ isFrozen: Bool) -> Node {
      Node(
        key: key, operation: operation, inputs: inputs, inputShapes: inputShapes, outputShape: outputShape,
        isFrozen: isFrozen)
    }
  }

  /// The same network with other parameters frozen.
  ///
  /// - Parameter isFrozen: Whether the node of a key keeps its parameters as they are.
  /// - Returns: The network.
  public func freezing(where isFrozen: (_ key: String) -> Bool) -> Network {
    Network(inputShape: inputShape, nodes: nodes.map { $0.frozen(isFrozen($0.key)) })
  }

  /// The part of the network that makes the value of one node, which becomes its output.
  ///
  /// - Parameter key: The key of the node, such as `"3"`.
  /// - Returns: The network of that node and all that it needs; its names are those of this network.
  /// - Throws: `InputError` for a key that no node has.
  public func prefix(through key: String) throws -> Network {
    guard let end = nodes.lastIndex(where: { $0.key == key }) else {
      throw Suggestion.unknown(key, kind: "layer", accepted: nodes.map(\.key))
    }
    var isNeeded = [Bool](repeating: false, count: end + 2)
    isNeeded[end + 1] = true
    for index in (0...end).reversed() where isNeeded[index + 1] {
      for input in nodes[index].inputs { isNeeded[input] = true }
    }
    var places = [0: 0]
    var kept: [Node] = []
    for (index, node) in nodes[...end].enumerated() where isNeeded[index + 1] {
      places[index + 1] = kept.count + 1
      kept.append(node.reading(node.inputs.map { places[$0]! }))
    }
    return Network(inputShape: inputShape, nodes: kept)
  }
}

extension Network.Node {
  fileprivate func reading(_ inputs: [Int]) -> Network.Node {
    Network.Node(
      key: key, operation: operation, inputs: inputs, inputShapes: inputShapes, outputShape: outputShape,
      isFrozen: isFrozen)
  }
}
