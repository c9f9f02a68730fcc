import Tensors

extension Weights {
  /// All numbers in the order of the network's parameters; traps where the weights are not the network's.
  func flattened(for network: Network) -> [S] {
    network.parameters.flatMap { parameter in
      guard let tensor = self[parameter.name], tensor.shape == parameter.shape else {
        preconditionFailure("expected \(parameter.name) of shape \(parameter.shape), got \(names)")
      }
      return tensor.elements
    }
  }

  /// Cuts numbers in the order of the network's parameters into tensors.
  init(flattened numbers: Span<S>, of network: Network) {
    var offset = 0
    var tensors: [(name: String, tensor: Tensor<S>)] = []
    for parameter in network.parameters {
      let part = numbers.extracting(offset..<offset + parameter.count)
      let tensor = Tensor<S>(shape: parameter.shape) { target in
        for index in target.indices { target[index] = part[index] }
      }
      tensors.append((parameter.name, tensor))
      offset += parameter.count
    }
    self.init(tensors)
  }
}
