public import Tensors

/// A layer whose tensors start from other values than its own.
struct StartingLayer<Base: Layer>: Layer {
  let base: Base
  let initializers: [String: Initializer]

  var name: String { base.name }

  func outputShape(for inputShape: [Int]) throws -> [Int] {
    let shape = try base.outputShape(for: inputShape)
    let parameters = base.parameters(for: inputShape)
    for (name, initializer) in initializers.sorted(by: { $0.key < $1.key }) {
      guard let parameter = parameters.first(where: { $0.name == name }) else {
        let names = parameters.map(\.name).joined(separator: ", ")
        throw InputError(base.name, "has no tensor '\(name)' to start from given values; it has \(names)")
      }
      if let found = initializer.shape, found != parameter.shape {
        throw InputError(base.name, "expected values of shape \(parameter.shape) for '\(name)', found \(found)")
      }
    }
    return shape
  }

  func parameters(for inputShape: [Int]) -> [ParameterDescription] {
    base.parameters(for: inputShape).map {
      ParameterDescription(
        $0.name, shape: $0.shape, initializer: initializers[$0.name] ?? $0.initializer, role: $0.role)
    }
  }

  func linkCount(for inputShape: [Int]) -> Int { base.linkCount(for: inputShape) }

  func operationCount(for inputShape: [Int]) -> Int { base.operationCount(for: inputShape) }

  func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) throws -> LayerPlan<S> {
    try base.makePlan(for: inputShape, as: type, in: context)
  }
}

extension Layer {
  /// The same layer, some of whose tensors start from other values.
  ///
  /// - Parameter initializers: Where the first values come from, by the name within the layer, such as `"weight"`.
  /// - Returns: The layer; a network refuses it where a name or a shape is wrong.
  public func starting(from initializers: [String: Initializer]) -> some Layer {
    StartingLayer(base: self, initializers: initializers)
  }

  /// The same layer, whose filters start from atoms or other given values.
  ///
  /// - Parameter weight: The values of the tensor `weight`, in its shape.
  /// - Returns: The layer.
  public func starting(from weight: Tensor<Double>) -> some Layer { starting(from: ["weight": .values(weight)]) }
}
