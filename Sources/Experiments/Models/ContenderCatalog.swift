import NeuralNetworks
import Spectral
import Tensors

/// What a contender needs to know of the images before it sees any.
public struct ContenderContext: Sendable {
  /// The shape of one image, `[C, H, W]`.
  public let inputShape: [Int]
  /// What models explain.
  public var family = ModelFamily.multinomial
  /// The number of classes; 1 where images have numbers.
  public let classCount: Int
  /// The largest number of training epochs of a network.
  public let epochs: Int
  /// The seed from which random atoms and filters are drawn, the same in every repeat.
  public let seed: UInt64

  /// What decides random atoms and filters.
  var random: RandomStream { RandomStream(seed: seed).split("random basis") }
}

/// The models by their names.
public enum ContenderCatalog {
  /// The number of atoms that a basis keeps when its name does not say.
  public static let defaultAtomCount = 64

  /// The words that the name of a model may begin with.
  public static var names: [String] { ModelRequest.words + [NetworkRequest.fileWord] }

  /// The filters that `frozen:NETWORK:FILTERS` may have.
  public static var frozenFilters: [String] { FrozenFilters.names }

  /// Checks that a name is that of a model, whatever the images are like.
  ///
  /// - Parameter name: What was typed.
  /// - Throws: `InputError` with "did you mean" where a name is near.
  public static func checkName(_ name: String) throws { _ = try ModelRequest(parsing: name) }

  /// The name that says all: `cnn` is `small`, `fourier` is `fourier:64`.
  ///
  /// - Parameter name: The name of a model.
  /// - Returns: Equal names for equal models.
  static func fullName(_ name: String) -> String { (try? ModelRequest(parsing: name))?.fullName ?? name }

  /// Makes a contender.
  ///
  /// - Parameters:
  ///   - name: `majority` or `mean`; `FEATURES[+PENALTY][+LINK]`, features as a ``FeatureRequest`` has them, of which a basis alone
  ///     means its first 64 atoms, or all under a penalty that makes weights 0; the name of a network (`cnn` means `small`), of which widths may follow: `small:12x20`; the path of a file that describes
  ///     one; `frozen:NETWORK:FILTERS`; or `shuffled:MODEL`.
  ///   - context: What the images are like.
  /// - Returns: The contender.
  /// - Throws: `InputError` for an unknown name, a number of atoms that the images do not have, or images that are too
  ///   small for the model.
  public static func contender(named name: String, in context: ContenderContext) throws -> any Contender {
    try contender(ModelRequest(parsing: name), in: context)
  }

  static func contender(_ request: ModelRequest, in context: ContenderContext) throws -> any Contender {
    switch request {
    case .majority:
      guard !context.family.explainsNumbers else {
        throw InputError("model 'majority'", "the images have numbers instead of classes", remedy: "Write 'mean'.")
      }
      return MajorityClass(classCount: context.classCount)
    case .mean:
      guard context.family.explainsNumbers else {
        throw InputError("model 'mean'", "the images have classes instead of numbers", remedy: "Write 'majority'.")
      }
      return MeanNumber()
    case .linear(let linear): return try LinearContender(linear, in: context)
    case .network(let network):
      return NetworkContender(
        name: request.name, network: try network.network(in: context), loss: try network.loss(for: context.family),
        family: context.family, epochs: context.epochs)
    case .frozen(let network, let filters):
      return NetworkContender(
        name: request.name,
        filters: try FrozenFilters(network.network(in: context), as: filters, random: context.random),
        loss: try network.loss(for: context.family), family: context.family, epochs: context.epochs)
    case .shuffled(let base): return ShuffledContender(base: try contender(base, in: context))
    }
  }
}
