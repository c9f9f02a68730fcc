import Spectral

/// The networks of the digit study of 1989 on 16×16 images, with a bias for each unit: Y. LeCun, *Generalization and
/// network design strategies*, Connectionism in Perspective, 1989.
extension Architecture {
  /// A border of so many rows and columns in all, the odd one below and to the right.
  private static func padding(_ total: Int) -> ConvolutionPadding {
    .sides(Padding(top: total / 2, bottom: total - total / 2, left: total / 2, right: total - total / 2))
  }

  private static func shared(_ inputs: Int, _ outputs: Int, _ kernel: Int) -> Conv2D {
    Conv2D(
      inputChannels: inputs, outputChannels: outputs, kernelSize: Extent2D(kernel), stride: 2,
      padding: padding(kernel - 2), bias: .unit)
  }

  private static func unshared(_ inputs: Int, _ kernel: Int) -> LocallyConnected2D {
    LocallyConnected2D(
      inputChannels: inputs, outputChannels: 1, kernelSize: Extent2D(kernel), stride: 2, padding: padding(kernel - 2))
  }

  /// Net-1: no hidden layer.
  static func net1Layers(_ shape: [Int], _ classCount: Int) -> [any NetworkElement] {
    [Flatten(), Dense(inputCount: shape.reduce(1, *), outputCount: classCount), Tanh()]
  }

  /// Net-2: 12 hidden units, fully connected.
  static func net2Layers(_ shape: [Int], _ classCount: Int) -> [any NetworkElement] {
    [
      Flatten(), Dense(inputCount: shape.reduce(1, *), outputCount: 12), Tanh(),
      Dense(inputCount: 12, outputCount: classCount), Tanh(),
    ]
  }

  /// Net-3: 8×8 units on 3×3 patches, 4×4 units on 5×5 patches, no weight shared.
  static func net3Layers(_ shape: [Int], _ classCount: Int) -> [any NetworkElement] {
    [
      unshared(shape[0], 3), Tanh(), unshared(1, 5), Tanh(), Flatten(), Dense(inputCount: 16, outputCount: classCount),
      Tanh(),
    ]
  }

  /// Net-4: two maps of 8×8 with shared weights, 4×4 units on both without.
  static func net4Layers(_ shape: [Int], _ classCount: Int) -> [any NetworkElement] {
    [
      shared(shape[0], 2, 3), Tanh(), unshared(2, 5), Tanh(), Flatten(),
      Dense(inputCount: 16, outputCount: classCount), Tanh(),
    ]
  }

  /// Net-5: two maps of 8×8 and four of 4×4 on both, all with shared weights.
  static func net5Layers(_ shape: [Int], _ classCount: Int) -> [any NetworkElement] {
    [
      shared(shape[0], 2, 3), Tanh(), shared(2, 4, 5), Tanh(), Flatten(),
      Dense(inputCount: 64, outputCount: classCount), Tanh(),
    ]
  }

  /// The network for postal codes.
  ///
  /// 12 planes of 8×8 on 5×5 patches, 12 planes of 4×4 on 5×5 patches of 8 of the 12, 30 hidden units. Which 8 was never
  /// published: here plane f sees the planes f, f + 1, …, f + 7, round and round. Y. LeCun et al.,
  /// *Backpropagation applied to handwritten zip code recognition*, Neural Computation 1, 1989.
  static func lecun1989Layers(_ shape: [Int], _ classCount: Int) -> [any NetworkElement] {
    [
      Conv2D(
        inputChannels: shape[0], outputChannels: 12, kernelSize: 5, stride: 2, padding: padding(3), bias: .unit,
        paddingValue: -1),
      Tanh(),
      Conv2D(
        inputChannels: 12, outputChannels: 12, kernelSize: 5, stride: 2, padding: padding(3),
        connections: .circular(filters: 12, planes: 12, width: 8), bias: .unit, paddingValue: -1),
      Tanh(), Flatten(), Dense(inputCount: 192, outputCount: 30), Tanh(),
      Dense(inputCount: 30, outputCount: classCount), Tanh(),
    ]
  }
}
