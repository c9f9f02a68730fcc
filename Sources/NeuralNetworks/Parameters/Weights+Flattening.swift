import Tensors

extension Weights {
  /// Writes numbers to their places, as far as there are places; traps where the weights are not the network's.
  func write(to numbers: UnsafeMutableBufferPointer<S>, _ layout: ParameterLayout) {
    for (description, range) in layout.tensors where range.upperBound <= numbers.count {
      guard let tensor = self[description.name], tensor.shape == description.shape else {
        preconditionFailure("expected \(description.name) of shape \(description.shape), got \(names)")
      }
      tensor.withUnsafeBufferPointer { values in
        for (place, value) in zip(range, values) { numbers[place] = value }
      }
    }
  }

  /// Collects tensors from their places; those beyond the numbers are left out.
  init(_ numbers: UnsafeMutableBufferPointer<S>, _ layout: ParameterLayout) {
    let inside = layout.tensors.filter { $0.range.upperBound <= numbers.count }
    self.init(
      inside.map { description, range in
        let tensor = Tensor<S>(shape: description.shape) {
          _ = $0.initialize(fromContentsOf: UnsafeMutableBufferPointer(rebasing: numbers[range]))
        }
        return (description.name, tensor)
      })
  }
}
