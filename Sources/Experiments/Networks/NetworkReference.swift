import Foundation
public import NeuralNetworks
public import Tensors

/// What a user names as a network: a preset, or a YAML file.
public enum NetworkReference: Sendable {
  /// A network that has a name.
  case preset(Architecture)
  /// A network written in YAML.
  case file(NetworkFile)

  /// Reads what a user typed: the name of a preset, or a path that ends in `.yaml` or `.yml`.
  ///
  /// - Parameter text: What was typed.
  /// - Throws: `InputError` for a name that is neither, with the nearest one; where a file cannot be read.
  public init(parsing text: String) throws {
    if NetworkDescription.isPath(text) {
      self = .file(try NetworkFile(URL(fileURLWithPath: text)))
    } else {
      self = .preset(try Architecture(named: text))
    }
  }

  /// The loss that a network was made for; softmax cross-entropy for a file.
  public var standardLoss: TrainingConfiguration.LossKind {
    if case .preset(let architecture) = self, architecture.loss is MeanSquaredError { return .squared }
    return .crossEntropy
  }

  /// Refuses numbers where outputs were made for targets of 1 and −1.
  ///
  /// - Parameters:
  ///   - family: What is explained.
  ///   - name: What the network is called.
  /// - Throws: `InputError` for numbers and such a network.
  public func check(_ family: ModelFamily, name: String) throws {
    guard family.explainsNumbers, standardLoss == .squared else { return }
    throw InputError(
      "model '\(name)'", "was made for classes: its outputs lie between −1 and 1",
      remedy: "Take another network for numbers.")
  }

  /// What people call it: the name of a preset, or of a file without folder and ending.
  ///
  /// - Parameter text: What was typed.
  /// - Returns: The name.
  public static func shortName(_ text: String) -> String {
    URL(fileURLWithPath: text).deletingPathExtension().lastPathComponent
  }

  /// The network for images of a size and a number of classes.
  ///
  /// - Parameters:
  ///   - inputShape: The shape of one image, `[C, H, W]`.
  ///   - classCount: The number of classes.
  ///   - stream: What decides first weights that are drawn with the description, such as the atoms of the basis `random`.
  /// - Returns: The network.
  /// - Throws: `InputError` where the network cannot be of that size.
  public func network(inputShape: [Int], classCount: Int, from stream: RandomStream) throws -> Network {
    switch self {
    case .preset(let architecture): try architecture.network(inputShape: inputShape, classCount: classCount)
    case .file(let file): try file.network(inputShape: inputShape, classCount: classCount, from: stream)
    }
  }
}
