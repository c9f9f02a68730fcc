public import Tensors

/// Where the first values of a parameter come from.
public enum Initializer: Equatable, Sendable {
  /// The uniform distribution on [−bound, bound).
  case uniform(bound: Double)

  /// PyTorch's default for weights and biases of dense and convolution layers: uniform with bound 1/√fanIn.
  ///
  /// For weights this is `kaiming_uniform_(a=sqrt(5))`, whose bound √(6 / ((1 + 5)·fanIn)) is the same number.
  ///
  /// - Parameter fanIn: The number of inputs that one output sums over.
  /// - Returns: The initializer.
  public static func standard(fanIn: Int) -> Initializer { .uniform(bound: 1 / Double(max(1, fanIn)).squareRoot()) }

  /// Draws a tensor.
  ///
  /// - Parameters:
  ///   - shape: The shape.
  ///   - stream: Where the random numbers come from; each tensor has a stream of its own.
  /// - Returns: The tensor.
  public func makeTensor<S: Scalar>(_ shape: [Int], from stream: RandomStream) -> Tensor<S> {
    var stream = stream
    switch self {
    case .uniform(let bound):
      return Tensor(shape: shape) { target in
        for index in target.indices { target[index] = S(stream.uniform(in: -bound..<bound)) }
      }
    }
  }
}
