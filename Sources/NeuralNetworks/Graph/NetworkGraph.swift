import Tensors

/// A network's graph while it is being built: its nodes so far, and the value that the next piece reads.
///
/// Value 0 is the input, value n + 1 the output of node n. Shapes are checked as nodes are appended.
public struct NetworkGraph: Sendable {
  /// The shape of one input.
  public let inputShape: [Int]
  /// The nodes so far, each after all that it reads.
  public private(set) var nodes: [Network.Node] = []
  /// The value that the next piece reads.
  public var current = 0

  private var labels: [String: Int] = [:]
  private var isFrozen = false

  init(inputShape: [Int]) throws {
    guard !inputShape.isEmpty && inputShape.allSatisfy({ $0 >= 1 }) else {
      throw InputError("network", "expected an input shape of sizes of at least 1, found \(inputShape)")
    }
    self.inputShape = inputShape
  }

  /// The shape of one item of a value.
  public func shape(of value: Int) -> [Int] { value == 0 ? inputShape : nodes[value - 1].outputShape }

  /// Appends a layer that reads the current value.
  ///
  /// - Parameters:
  ///   - layer: The layer.
  ///   - key: Its position.
  /// - Throws: `InputError` where it cannot take the shape.
  public mutating func append(_ layer: some Layer, at key: String) throws {
    let shape = shape(of: current)
    let output = try checked(key, layer.name) { try layer.outputShape(for: shape) }
    append(.layer(layer), at: key, reading: [current], output)
  }

  /// Appends the joining of values.
  ///
  /// - Parameters:
  ///   - join: How they become one.
  ///   - values: At least one value.
  ///   - key: The position.
  /// - Throws: `InputError` where the shapes do not fit each other.
  public mutating func append(_ join: Join, of values: [Int], at key: String) throws {
    precondition(!values.isEmpty, "expected at least one value to join")
    let output = try checked(key, join.rawValue) { try join.outputShape(for: values.map(shape)) }
    append(.join(join), at: key, reading: values, output)
  }

  /// Appends pieces in a row, numbered within a position; at the top there is none.
  ///
  /// - Parameters:
  ///   - elements: The pieces.
  ///   - key: The position of all of them together.
  /// - Throws: `InputError` naming the layer that does not fit.
  public mutating func append(_ elements: [any NetworkElement], at key: String? = nil) throws {
    for (position, element) in elements.enumerated() {
      try element.append(to: &self, at: key.map { "\($0).\(position)" } ?? "\(position)")
    }
  }

  /// Gives the current value a name, by which later pieces find it.
  ///
  /// - Parameter label: The name.
  /// - Throws: `InputError` where another value has it.
  public mutating func label(_ label: String) throws {
    guard labels.updateValue(current, forKey: label) == nil else {
      throw InputError("network", "two values have the label '\(label)'", remedy: "Give each a name of its own.")
    }
  }

  /// The value of a name.
  ///
  /// - Parameter label: The name.
  /// - Returns: The value.
  /// - Throws: `InputError` with "did you mean" where no value before has it.
  public func value(labelled label: String) throws -> Int {
    guard let value = labels[label] else {
      throw Suggestion.unknown(label, kind: "label", accepted: labels.keys.sorted())
    }
    return value
  }

  /// Appends pieces whose parameters are not trained.
  ///
  /// - Parameter body: Appends them.
  /// - Throws: What `body` throws.
  public mutating func appendFrozen(_ body: (inout NetworkGraph) throws -> Void) rethrows {
    let before = isFrozen
    isFrozen = true
    defer { isFrozen = before }
    try body(&self)
  }

  private mutating func append(
    _ operation: Network.Node.Operation, at key: String, reading values: [Int], _ output: [Int]
  ) {
    nodes.append(
      Network.Node(
        key: key, operation: operation, inputs: values, inputShapes: values.map(shape), outputShape: output,
        isFrozen: isFrozen))
    current = nodes.count
  }

  private func checked(_ key: String, _ name: String, _ shape: () throws -> [Int]) throws -> [Int] {
    do {
      return try shape()
    } catch let error as LayerShapeError {
      throw InputError(
        "layer \(key) (\(name))", "expected \(error.expected), found shape \(error.found)",
        remedy: "Change the layer, the layers before it, or the size of the images.")
    } catch let error as InputError {
      throw InputError("layer \(key)", error.description)
    }
  }
}
