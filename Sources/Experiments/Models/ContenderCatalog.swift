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
  /// The seed from which the random basis is drawn, the same in every repeat.
  public let seed: UInt64
}

/// The models by their names.
public enum ContenderCatalog {
  /// The number of atoms that a basis keeps when its name does not say.
  public static let defaultAtomCount = 64

  private static let bases = BasisCatalog.names
  private static let networks = ["cnn"] + Architecture.allCases.map(\.rawValue)

  /// Every name; those of bases may be followed by `:M`.
  public static let names = ["majority"] + bases + ["log-fourier"] + networks

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
    return bases.contains(name) && name != "pixels" ? "\(name):\(defaultAtomCount)" : name
  }

  /// Makes a contender.
  ///
  /// - Parameters:
  ///   - name: `majority`, `BASIS` or `BASIS:M`, `log-fourier`, or the name of a network (`cnn` means `small`).
  ///   - context: What the images are like.
  /// - Returns: The contender.
  /// - Throws: `InputError` for an unknown name, a number of atoms that the images do not have, or images that are too
  ///   small for the model.
  public static func contender(named name: String, in context: ContenderContext) throws -> any Contender {
    let (kind, atomCount) = try parse(name)
    switch kind {
    case _ where bases.contains(kind): return try linear(name, basis: kind, count: atomCount, context)
    case "majority": return MajorityClass(classCount: context.classCount)
    case "log-fourier":
      let (height, width) = (context.inputShape[1], context.inputShape[2])
      return LinearContender(
        name: name, side: .fixed, features: LogFourierFeatures(height: height, width: width), atoms: nil,
        context: context)
    default:
      let network = try Architecture(named: kind).network(
        inputShape: context.inputShape, classCount: context.classCount)
      return NetworkContender(name: name, network: network, epochs: context.epochs)
    }
  }

  private static func parse(_ name: String) throws -> (kind: String, atomCount: Int?) {
    let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard names.contains(parts[0]) else { throw Suggestion.unknown(parts[0], kind: "model", accepted: names) }
    guard parts.count == 2 else { return (parts[0], nil) }
    guard bases.contains(parts[0]) else {
      throw InputError("model '\(name)'", "only a basis takes a number of atoms", remedy: "Write '\(parts[0])'.")
    }
    guard let count = Int(parts[1]), count >= 1 else {
      throw InputError(
        "model '\(name)'", "expected a number of atoms of at least 1, got '\(parts[1])'",
        remedy: "Write for instance '\(parts[0]):32'.")
    }
    return (parts[0], count)
  }

  private static func linear(
    _ name: String, basis kind: String, count: Int?, _ context: ContenderContext
  ) throws -> any Contender {
    let (height, width) = (context.inputShape[1], context.inputShape[2])
    let pixels = height * width
    let count = count ?? (kind == "pixels" ? pixels : min(defaultAtomCount, pixels))
    guard count <= pixels else {
      throw InputError(
        "model '\(name)'", "\(count) atoms asked for, but images of \(height)×\(width) have \(pixels)",
        remedy: "Write '\(kind):M' with M from 1 to \(pixels).")
    }
    let basis = try BasisCatalog.basis(
      named: kind, height: height, width: width, random: RandomStream(seed: context.seed).split("random basis"))
    let features = try CoefficientFeatures(basis: basis, count: count)
    return LinearContender(
      name: name, side: kind == "random" ? .control : .fixed, features: features,
      atoms: kind == "pixels" ? nil : basis.atoms(count: count), context: context)
  }
}
