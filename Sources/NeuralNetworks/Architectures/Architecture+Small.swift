extension Architecture {
  /// conv 8 3×3, ReLU, pool 2, conv 16 3×3, ReLU, pool 2, flatten, dense.
  static func smallLayers(_ shape: [Int], _ classCount: Int, widths: [Int]) -> [any NetworkElement] {
    [
      Conv2D(inputChannels: shape[0], outputChannels: widths[0], kernelSize: 3, padding: 1),
      ReLU(),
      MaxPool2D(kernelSize: 2),
      Conv2D(inputChannels: widths[0], outputChannels: widths[1], kernelSize: 3, padding: 1),
      ReLU(),
      MaxPool2D(kernelSize: 2),
      Flatten(),
      Dense(inputCount: widths[1] * (shape[1] / 4) * (shape[2] / 4), outputCount: classCount),
    ]
  }
}
