import Tensors

/// The networks that have a name.
public enum Architecture: String, CaseIterable, Sendable {
  /// Two convolutions of 8 and 16 maps with 3×3 kernels, each followed by max pooling, and one dense layer.
  case small
  /// One hidden layer of 128 units.
  case mlp
  /// Two convolutions of 16 maps with 15×15 kernels and global average pooling.
  case largeKernel = "large-kernel"

  /// Finds an architecture by the name that a user typed.
  ///
  /// - Parameter name: `small` (or `cnn`), `mlp` or `large-kernel`.
  /// - Throws: ``InputError`` listing the names, with "did you mean" where one is near.
  public init(named name: String) throws {
    let aliases = ["cnn": Architecture.small]
    guard let found = Architecture(rawValue: name) ?? aliases[name] else {
      throw Suggestion.unknown(
        name, kind: "network", accepted: Architecture.allCases.map(\.rawValue) + aliases.keys.sorted())
    }
    self = found
  }

  /// The network for images of a size and a number of classes.
  ///
  /// - Parameters:
  ///   - inputShape: The shape of one image, `[C, H, W]`, at least 4×4.
  ///   - classCount: The number of classes, at least 2.
  /// - Returns: The network, whose outputs are one logit per class.
  /// - Throws: ``InputError`` when the images are too small or there are fewer than two classes.
  public func network(inputShape: [Int], classCount: Int) throws -> Network {
    guard inputShape.count == 3, inputShape[0] >= 1, inputShape[1] >= 4, inputShape[2] >= 4 else {
      throw InputError("network '\(rawValue)'", "expected images [C, H, W] of at least 4×4, found shape \(inputShape)")
    }
    guard classCount >= 2 else {
      throw InputError("network '\(rawValue)'", "expected at least 2 classes, found \(classCount)")
    }
    return try Network(inputShape: inputShape, layers: layers(inputShape, classCount))
  }

  private func layers(_ shape: [Int], _ classCount: Int) -> [any Layer] {
    switch self {
    case .small: Architecture.smallLayers(shape, classCount)
    case .mlp: Architecture.mlpLayers(shape, classCount)
    case .largeKernel: Architecture.largeKernelLayers(shape, classCount)
    }
  }
}
