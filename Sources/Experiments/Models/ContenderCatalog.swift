import NeuralNetworks
import Spectral
import Tensors

/// What a contender needs to know of the images before it sees any.
public struct ContenderContext: Sendable {
  /// The shape of one image, `[C, H, W]`.
  public let inputShape: [Int]
  /// The number of classes.
  public let classCount: Int
  /// The largest number of training epochs of a network.
  public let epochs: Int
  /// The seed from which random atoms and filters are drawn, the same in every repeat.
  public let seed: UInt64
}

/// The models by their names.
public enum ContenderCatalog {
  /// The number of atoms that a basis keeps when its name does not say.
  public static let defaultAtomCount = 64

  private static let bases = BasisCatalog.names
  private static let networks = ["cnn"] + Architecture.allCases.map(\.rawValue)

  /// Every name; those of bases and other feature maps may be followed by options and a selection.
  public static let names = ["majority"] + FeatureRequest.names + networks

  /// Checks that a name is that of a model, whatever the images are like.
  ///
  /// - Parameter name: What was typed.
  /// - Throws: `InputError` with "did you mean" where a name is near.
  public static func checkName(_ name: String) throws { _ = try parse(name) }

  /// The name that says all: `cnn` is `small`, `fourier` is `fourier:64`.
  ///
  /// - Parameter name: The name of a model.
  /// - Returns: Equal names for equal models.
  static func fullName(_ name: String) -> String {
    if name == "cnn" { return Architecture.small.rawValue }
    return bases.contains(name) && !["pixels", "zca"].contains(name) ? "\(name):\(defaultAtomCount)" : name
  }

  /// Makes a contender.
  ///
  /// - Parameters:
  ///   - name: `majority`, features as a ``FeatureRequest`` has them, of which a basis alone means its first 64 atoms, or
  ///     the name of a network (`cnn` means `small`).
  ///   - context: What the images are like.
  /// - Returns: The contender.
  /// - Throws: `InputError` for an unknown name, a number of atoms that the images do not have, or images that are too
  ///   small for the model.
  public static func contender(named name: String, in context: ContenderContext) throws -> any Contender {
    switch try parse(name) {
    case .majority: return MajorityClass(classCount: context.classCount)
    case .features(let request): return try LinearContender(name: name, request: request, context: context)
    case .network(let architecture):
      let network = try architecture.network(inputShape: context.inputShape, classCount: context.classCount)
      return NetworkContender(name: name, network: network, loss: architecture.loss, epochs: context.epochs)
    }
  }

  private enum Kind {
    case majority
    case features(FeatureRequest)
    case network(Architecture)
  }

  private static func parse(_ name: String) throws -> Kind {
    let word = String(name.prefix { !":@".contains($0) })
    guard names.contains(word) else { throw Suggestion.unknown(word, kind: "model", accepted: names) }
    if FeatureRequest.names.contains(word) { return .features(try FeatureRequest(parsing: name)) }
    guard word == name else {
      throw InputError("model '\(name)'", "'\(word)' takes no options", remedy: "Write '\(word)'.")
    }
    return word == "majority" ? .majority : .network(try Architecture(named: word))
  }
}
