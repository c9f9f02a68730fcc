extension Architecture {
  /// conv 16 15×15, ReLU, conv 16 15×15, ReLU, global average pool, flatten, dense.
  static func largeKernelLayers(_ shape: [Int], _ classCount: Int, widths: [Int]) -> [any NetworkElement] {
    [
      Conv2D(inputChannels: shape[0], outputChannels: widths[0], kernelSize: 15, padding: 7),
      ReLU(),
      Conv2D(inputChannels: widths[0], outputChannels: widths[1], kernelSize: 15, padding: 7),
      ReLU(),
      GlobalAveragePool2D(),
      Flatten(),
      Dense(inputCount: widths[1], outputCount: classCount),
    ]
  }
}
