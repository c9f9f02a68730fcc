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
  ///   - classCount: The number of classes; 1 for a number that a regression explains.
  ///   - widths: The numbers of channels and units of its hidden layers; ``widths`` when left out.
  /// - Returns: The network, whose outputs are one number per class.
  /// - Throws: ``InputError`` when the images do not suit it, there is no class, or other widths than it has.
  public func network(inputShape: [Int], classCount: Int, widths: [Int]? = nil) throws -> Network {
    guard inputShape.count == 3, inputShape[0] >= 1, sizes.contains(inputShape[1]), sizes.contains(inputShape[2]) else {
      let least = "\(sizes.lowerBound)×\(sizes.lowerBound)"
      let size = sizes.count == 1 ? least : "at least \(least)"
      throw InputError("network '\(rawValue)'", "expected images [C, H, W] of \(size), found shape \(inputShape)")
    }
    guard classCount >= 1 else {
      throw InputError("network '\(rawValue)'", "expected at least 1 class, found \(classCount)")
    }
    let widths = widths ?? self.widths
    try check(widths)
    return try Network(inputShape: inputShape, layers: layers(inputShape, classCount, widths))
  }

  /// The numbers of channels and units of the hidden layers whose size is free, from the input to the output.
  public var widths: [Int] {
    switch self {
    case .small: [8, 16]
    case .standard: [32, 64, 256]
    case .mlp: [128]
    case .largeKernel: [16, 16]
    case .net1, .net3: []
    case .net2: [12]
    case .net4: [2]
    case .net5: [2, 4]
    case .lecun1989: [12, 12, 30]
    case .lenet5: [6, 16, 120, 84]
    }
  }

  /// Checks that a network can have these widths.
  ///
  /// - Parameter widths: As many numbers as ``widths`` has, at least 1 each.
  /// - Throws: ``InputError`` for other numbers, with an example.
  public func check(_ widths: [Int]) throws {
    guard widths.count == self.widths.count && widths.allSatisfy({ (1...65_536).contains($0) }) else {
      let own = self.widths.map(String.init).joined(separator: "x")
      let found = widths.map(String.init).joined(separator: "x")
      throw InputError(
        "network '\(rawValue)'",
        "found widths \(found), expected \(own.isEmpty ? "none" : "numbers in the place of \(own)")")
    }
  }

  private var sizes: ClosedRange<Int> {
    switch self {
    case .net3, .net4, .net5, .lecun1989: 16...16
    case .lenet5: 16...Int.max - 1
    case .small, .standard, .mlp, .largeKernel, .net1, .net2: 4...Int.max - 1
    }
  }

  private func layers(_ shape: [Int], _ classCount: Int, _ widths: [Int]) -> [any NetworkElement] {
    switch self {
    case .small: Architecture.smallLayers(shape, classCount, widths: widths)
    case .standard: Architecture.standardLayers(shape, classCount, widths: widths)
    case .mlp: Architecture.mlpLayers(shape, classCount, widths: widths)
    case .largeKernel: Architecture.largeKernelLayers(shape, classCount, widths: widths)
    case .net1: Architecture.net1Layers(shape, classCount)
    case .net2: Architecture.net2Layers(shape, classCount, widths: widths)
    case .net3: Architecture.net3Layers(shape, classCount)
    case .net4: Architecture.net4Layers(shape, classCount, widths: widths)
    case .net5: Architecture.net5Layers(shape, classCount, widths: widths)
    case .lecun1989: Architecture.lecun1989Layers(shape, classCount, widths: widths)
    case .lenet5: Architecture.lenet5Layers(shape, classCount, widths: widths)
    }
  }
}
