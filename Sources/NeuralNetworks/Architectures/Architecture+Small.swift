extension Architecture {
  /// conv 8 3×3, ReLU, pool 2, conv 16 3×3, ReLU, pool 2, flatten, dense.
  static func smallLayers(_ shape: [Int], _ classCount: Int) -> [any NetworkElement] {
    [
      Conv2D(inputChannels: shape[0], outputChannels: 8, kernelSize: 3, padding: 1),
      ReLU(),
      MaxPool2D(kernelSize: 2),
      Conv2D(inputChannels: 8, outputChannels: 16, kernelSize: 3, padding: 1),
      ReLU(),
      MaxPool2D(kernelSize: 2),
      Flatten(),
      Dense(inputCount: 16 * (shape[1] / 4) * (shape[2] / 4), outputCount: classCount),
    ]
  }
}
