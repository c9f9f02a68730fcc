extension Architecture {
  /// conv 32 3×3, batch norm, ReLU, pool 2, conv 64 3×3, batch norm, ReLU, pool 2, flatten, dense 256, batch norm, ReLU,
  /// dropout 0.4, dense.
  static func standardLayers(_ shape: [Int], _ classCount: Int) -> [any NetworkElement] {
    [
      Conv2D(inputChannels: shape[0], outputChannels: 32, kernelSize: 3, padding: 1),
      BatchNorm2D(channels: 32),
      ReLU(),
      MaxPool2D(kernelSize: 2),
      Conv2D(inputChannels: 32, outputChannels: 64, kernelSize: 3, padding: 1),
      BatchNorm2D(channels: 64),
      ReLU(),
      MaxPool2D(kernelSize: 2),
      Flatten(),
      Dense(inputCount: 64 * (shape[1] / 4) * (shape[2] / 4), outputCount: 256),
      BatchNorm1D(channels: 256),
      ReLU(),
      Dropout(0.4),
      Dense(inputCount: 256, outputCount: classCount),
    ]
  }
}
