extension Architecture {
  /// conv 16 15×15, ReLU, conv 16 15×15, ReLU, global average pool, flatten, dense.
  static func largeKernelLayers(_ shape: [Int], _ classCount: Int) -> [any NetworkElement] {
    [
      Conv2D(inputChannels: shape[0], outputChannels: 16, kernelSize: 15, padding: 7),
      ReLU(),
      Conv2D(inputChannels: 16, outputChannels: 16, kernelSize: 15, padding: 7),
      ReLU(),
      GlobalAveragePool2D(),
      Flatten(),
      Dense(inputCount: 16, outputCount: classCount),
    ]
  }
}
