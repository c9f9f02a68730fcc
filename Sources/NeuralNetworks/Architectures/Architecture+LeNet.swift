extension Architecture {
  /// conv 6 5×5, tanh, mean pool 2, conv 16 5×5 on all maps, tanh, mean pool 2, flatten, dense 120, tanh, dense 84, tanh,
  /// dense.
  ///
  /// With plain pooling and dense connections. Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, *Gradient-based learning
  /// applied to document recognition*, Proceedings of the IEEE 86, 1998.
  static func lenet5Layers(_ shape: [Int], _ classCount: Int, widths: [Int]) -> [any NetworkElement] {
    func side(_ size: Int) -> Int { ((size - 4) / 2 - 4) / 2 }
    return [
      Conv2D(inputChannels: shape[0], outputChannels: widths[0], kernelSize: 5), Tanh(), AveragePool2D(kernelSize: 2),
      Conv2D(inputChannels: widths[0], outputChannels: widths[1], kernelSize: 5), Tanh(), AveragePool2D(kernelSize: 2),
      Flatten(),
      Dense(inputCount: widths[1] * side(shape[1]) * side(shape[2]), outputCount: widths[2]), Tanh(),
      Dense(inputCount: widths[2], outputCount: widths[3]), Tanh(),
      Dense(inputCount: widths[3], outputCount: classCount),
    ]
  }
}
