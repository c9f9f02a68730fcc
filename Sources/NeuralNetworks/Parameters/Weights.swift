public import Tensors

/// The parameters of a network: named tensors in the network's order, with value semantics.
///
/// Names, shapes and layouts are those of the `state_dict` of the same `torch.nn.Sequential`.
public struct Weights<S: Scalar>: Equatable, Sendable {
  /// The names in the network's order.
  public let names: [String]

  private var tensors: [String: Tensor<S>]

  /// Creates weights from named tensors.
  ///
  /// - Parameter tensors: Names and tensors in order; no name twice.
  public init(_ tensors: [(name: String, tensor: Tensor<S>)]) {
    names = tensors.map(\.name)
    self.tensors = Dictionary(tensors.map { ($0.name, $0.tensor) }) { _, _ in
      preconditionFailure("expected each name once, got \(tensors.map(\.name))")
    }
  }

  /// Draws the first weights of a network.
  ///
  /// - Parameters:
  ///   - network: The network, whose layers say how each tensor is drawn.
  ///   - stream: Split by the name of each tensor, so that its numbers do not depend on the other layers.
  public init(initializing network: Network, from stream: RandomStream) {
    self.init(
      network.parameters.map { ($0.name, $0.initializer.makeTensor($0.shape, from: stream.split($0.name))) })
  }

  /// The tensor of that name; a new one must have the old one's shape.
  public subscript(name: String) -> Tensor<S>? {
    get { tensors[name] }
    set {
      precondition(
        newValue?.shape == tensors[name]?.shape,
        "expected a tensor \(name) of shape \(tensors[name]?.shape ?? []), got \(newValue?.shape ?? [])")
      tensors[name] = newValue
    }
  }

  /// The tensors that a part of a network has; see ``Network/prefix(through:)``.
  ///
  /// - Parameter network: The part.
  /// - Returns: Its weights, in its order.
  public func restricted(to network: Network) -> Weights {
    Weights(network.parameters.compactMap { parameter in tensors[parameter.name].map { (parameter.name, $0) } })
  }

  /// Checks that these are weights of a network.
  ///
  /// - Parameter network: The network.
  /// - Throws: ``InputError`` listing the names that are missing or too many and the shapes that differ.
  public func check(against network: Network) throws { try check(against: network.parameters) }

  func check(against expected: [ParameterDescription]) throws {
    try Self.check(tensors.mapValues(\.shape), origin: "weights", against: expected)
  }

  /// Checks names and shapes of tensors.
  ///
  /// - Parameters:
  ///   - shapes: The shape of each tensor by its name.
  ///   - origin: What an error names first.
  ///   - expected: The tensors that there should be.
  /// - Throws: ``InputError`` listing the names that are missing or too many and the shapes that differ.
  static func check(_ shapes: [String: [Int]], origin: String, against expected: [ParameterDescription]) throws {
    let missing = expected.map(\.name).filter { shapes[$0] == nil }
    let surplus = Set(shapes.keys).subtracting(expected.map(\.name)).sorted()
    var problems = expected.compactMap { parameter -> String? in
      guard let found = shapes[parameter.name], found != parameter.shape else { return nil }
      return "\(parameter.name) has shape \(found) instead of \(parameter.shape)"
    }
    if !missing.isEmpty { problems.append("missing: \(missing.joined(separator: ", "))") }
    if !surplus.isEmpty { problems.append("not in the network: \(surplus.joined(separator: ", "))") }
    guard problems.isEmpty else {
      throw InputError(origin, problems.joined(separator: "; "), remedy: "These are weights of another network.")
    }
  }
}
