import Tensors

/// The networks that have a name.
public enum Architecture: String, CaseIterable, Sendable {
  /// Two convolutions of 8 and 16 maps with 3×3 kernels, each followed by max pooling, and one dense layer.
  case small
  /// Two convolutions of 32 and 64 maps with 3×3 kernels, each with batch normalization and max pooling, and two dense
  /// layers with batch normalization and dropout between them.
  case standard
  /// One hidden layer of 128 units.
  case mlp
  /// Two convolutions of 16 maps with 15×15 kernels and global average pooling.
  case largeKernel = "large-kernel"
  /// The digit study's network without a hidden layer.
  case net1 = "net-1"
  /// The digit study's network with 12 hidden units.
  case net2 = "net-2"
  /// The digit study's locally connected network.
  case net3 = "net-3"
  /// The digit study's network whose first layer shares weights.
  case net4 = "net-4"
  /// The digit study's network whose two layers share weights.
  case net5 = "net-5"
  /// The network for postal codes of 1989.
  case lecun1989 = "lecun-1989"
  /// The network for documents of 1998.
  case lenet5 = "lenet-5"

  /// Finds an architecture by the name that a user typed.
  ///
  /// - Parameter name: One of the names, or `cnn` for `small`.
  /// - Throws: ``InputError`` listing the names, with "did you mean" where one is near.
  public init(named name: String) throws {
    let aliases = ["cnn": Architecture.small]
    guard let found = Architecture(rawValue: name) ?? aliases[name] else {
      throw Suggestion.unknown(
        name, kind: "network", accepted: Architecture.allCases.map(\.rawValue) + aliases.keys.sorted())
    }
    self = found
  }

  /// The loss that the network was made for: squared error with targets 1 and −1 where it ends with a hyperbolic tangent,
  /// softmax cross-entropy elsewhere.
  public var loss: any Loss {
    switch self {
    case .net1, .net2, .net3, .net4, .net5, .lecun1989: MeanSquaredError(classTargets: ClassTargets(on: 1, off: -1))
    case .small, .standard, .mlp, .largeKernel, .lenet5: SoftmaxCrossEntropy()
    }
  }

  /// The network for images of a size and a number of classes.
  ///
  /// - Parameters:
  ///   - inputShape: The shape of one image, `[C, H, W]`: at least 4×4; exactly 16×16 for `net-3` to `net-5` and
  ///     `lecun-1989`; at least 16×16 for `lenet-5`, which was made for 32×32.
  ///   - classCount: The number of classes, at least 2.
  /// - Returns: The network, whose outputs are one number per class.
  /// - Throws: ``InputError`` when the images do not suit it or there are fewer than two classes.
  public func network(inputShape: [Int], classCount: Int) throws -> Network {
    guard inputShape.count == 3, inputShape[0] >= 1, sizes.contains(inputShape[1]), sizes.contains(inputShape[2]) else {
      let least = "\(sizes.lowerBound)×\(sizes.lowerBound)"
      let size = sizes.count == 1 ? least : "at least \(least)"
      throw InputError("network '\(rawValue)'", "expected images [C, H, W] of \(size), found shape \(inputShape)")
    }
    guard classCount >= 2 else {
      throw InputError("network '\(rawValue)'", "expected at least 2 classes, found \(classCount)")
    }
    return try Network(inputShape: inputShape, layers: layers(inputShape, classCount))
  }

  private var sizes: ClosedRange<Int> {
    switch self {
    case .net3, .net4, .net5, .lecun1989: 16...16
    case .lenet5: 16...Int.max - 1
    case .small, .standard, .mlp, .largeKernel, .net1, .net2: 4...Int.max - 1
    }
  }

  private func layers(_ shape: [Int], _ classCount: Int) -> [any NetworkElement] {
    switch self {
    case .small: Architecture.smallLayers(shape, classCount)
    case .standard: Architecture.standardLayers(shape, classCount)
    case .mlp: Architecture.mlpLayers(shape, classCount)
    case .largeKernel: Architecture.largeKernelLayers(shape, classCount)
    case .net1: Architecture.net1Layers(shape, classCount)
    case .net2: Architecture.net2Layers(shape, classCount)
    case .net3: Architecture.net3Layers(shape, classCount)
    case .net4: Architecture.net4Layers(shape, classCount)
    case .net5: Architecture.net5Layers(shape, classCount)
    case .lecun1989: Architecture.lecun1989Layers(shape, classCount)
    case .lenet5: Architecture.lenet5Layers(shape, classCount)
    }
  }
}
