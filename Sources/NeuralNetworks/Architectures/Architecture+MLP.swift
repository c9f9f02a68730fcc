extension Architecture {
  /// flatten, dense 128, ReLU, dense.
  static func mlpLayers(_ shape: [Int], _ classCount: Int, widths: [Int]) -> [any NetworkElement] {
    [
      Flatten(),
      Dense(inputCount: shape.reduce(1, *), outputCount: widths[0]),
      ReLU(),
      Dense(inputCount: widths[0], outputCount: classCount),
    ]
  }
}
