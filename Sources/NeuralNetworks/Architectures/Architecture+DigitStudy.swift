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
  static func net2Layers(_ shape: [Int], _ classCount: Int, widths: [Int]) -> [any NetworkElement] {
    [
      Flatten(), Dense(inputCount: shape.reduce(1, *), outputCount: widths[0]), Tanh(),
      Dense(inputCount: widths[0], outputCount: classCount), Tanh(),
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
  static func net4Layers(_ shape: [Int], _ classCount: Int, widths: [Int]) -> [any NetworkElement] {
    [
      shared(shape[0], widths[0], 3), Tanh(), unshared(widths[0], 5), Tanh(), Flatten(),
      Dense(inputCount: 16, outputCount: classCount), Tanh(),
    ]
  }

  /// Net-5: two maps of 8×8 and four of 4×4 on both, all with shared weights.
  static func net5Layers(_ shape: [Int], _ classCount: Int, widths: [Int]) -> [any NetworkElement] {
    [
      shared(shape[0], widths[0], 3), Tanh(), shared(widths[0], widths[1], 5), Tanh(), Flatten(),
      Dense(inputCount: 16 * widths[1], outputCount: classCount), Tanh(),
    ]
  }

  /// The network for postal codes.
  ///
  /// 12 planes of 8×8 on 5×5 patches, 12 planes of 4×4 on 5×5 patches of 8 of the 12, 30 hidden units. Which 8 was never
  /// published: here plane f sees the planes f, f + 1, …, f + 7, round and round; with other widths two thirds of them. Y. LeCun et al.,
  /// *Backpropagation applied to handwritten zip code recognition*, Neural Computation 1, 1989.
  static func lecun1989Layers(_ shape: [Int], _ classCount: Int, widths: [Int]) -> [any NetworkElement] {
    [
      Conv2D(
        inputChannels: shape[0], outputChannels: widths[0], kernelSize: 5, stride: 2, padding: padding(3), bias: .unit,
        paddingValue: -1),
      Tanh(),
      Conv2D(
        inputChannels: widths[0], outputChannels: widths[1], kernelSize: 5, stride: 2, padding: padding(3),
        connections: .circular(filters: widths[1], planes: widths[0], width: (2 * widths[0] + 1) / 3), bias: .unit,
        paddingValue: -1),
      Tanh(), Flatten(), Dense(inputCount: 16 * widths[1], outputCount: widths[2]), Tanh(),
      Dense(inputCount: widths[2], outputCount: classCount), Tanh(),
    ]
  }
}
