extension Architecture {
  /// conv 32 3×3, batch norm, ReLU, pool 2, conv 64 3×3, batch norm, ReLU, pool 2, flatten, dense 256, batch norm, ReLU,
  /// dropout 0.4, dense.
  ///
  /// On 28×28 images of 10 classes its layers have 320, 18,496, 803,072 (3136·256 + 256) and 2570 parameters, batch norm
  /// beside.
  static func standardLayers(_ shape: [Int], _ classCount: Int, widths: [Int]) -> [any NetworkElement] {
    [
      Conv2D(inputChannels: shape[0], outputChannels: widths[0], kernelSize: 3, padding: 1),
      BatchNorm2D(channels: widths[0]),
      ReLU(),
      MaxPool2D(kernelSize: 2),
      Conv2D(inputChannels: widths[0], outputChannels: widths[1], kernelSize: 3, padding: 1),
      BatchNorm2D(channels: widths[1]),
      ReLU(),
      MaxPool2D(kernelSize: 2),
      Flatten(),
      Dense(inputCount: widths[1] * (shape[1] / 4) * (shape[2] / 4), outputCount: widths[2]),
      BatchNorm1D(channels: widths[2]),
      ReLU(),
      Dropout(0.4),
      Dense(inputCount: widths[2], outputCount: classCount),
    ]
  }
}
