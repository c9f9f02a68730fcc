extension Architecture {
  /// flatten, dense 128, ReLU, dense.
  static func mlpLayers(_ shape: [Int], _ classCount: Int) -> [any NetworkElement] {
    [
      Flatten(),
      Dense(inputCount: shape.reduce(1, *), outputCount: 128),
      ReLU(),
      Dense(inputCount: 128, outputCount: classCount),
    ]
  }
}
