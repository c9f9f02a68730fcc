import Spectral
import Tensors

/// What the name of a model says.
///
/// | name | model |
/// |---|---|
/// | `majority` | the class frequencies of the training labels |
/// | `mean` | the mean of the numbers of the training images |
/// | `fourier:32`, `log-scattering:J=3`, `haar@f-statistic:32` | features as a ``FeatureRequest`` has them |
/// | `cnn`, `small:12x20` | a network, with the widths of its hidden layers where they are not its own |
/// | `nets/deep.yaml`, `deep` | a network that a file describes; what it is called, once a comparison has read it |
/// | `frozen:cnn`, `frozen:cnn:fourier` | the network with its filters held at random values, or at the atoms of a basis |
/// | `shuffled:pixels` | a model of images whose labels were dealt anew |
indirect enum ModelRequest: Equatable, Sendable {
  case majority
  case mean
  case features(FeatureRequest, name: String)
  case network(NetworkRequest)
  case frozen(NetworkRequest, filters: String)
  case shuffled(ModelRequest)

  static let frozenWord = "frozen"
  static let shuffledWord = "shuffled"

  /// The words that a name may begin with.
  static var words: [String] {
    ["majority", "mean"] + FeatureRequest.names + NetworkRequest.words + [frozenWord, shuffledWord]
  }

  /// Reads a name.
  ///
  /// - Parameters:
  ///   - name: What was typed.
  ///   - networks: Descriptions of networks that have been read, which are known by their names too.
  /// - Throws: `InputError` for an unknown word or option, with the nearest one; where a network's file cannot be read.
  init(parsing name: String, among networks: [NetworkDescription] = []) throws {
    let word = String(name.prefix { !":@".contains($0) })
    let rest = String(name.dropFirst(word.count + 1))
    let options =
      word == name ? [] : rest.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    switch word {
    case Self.shuffledWord: self = .shuffled(try Self.base(of: name, rest, networks))
    case Self.frozenWord: self = try Self.frozen(name, options, networks)
    case "majority", "mean":
      guard word == name else { throw InputError("model '\(name)'", "'\(word)' takes no options") }
      self = word == "mean" ? .mean : .majority
    case _ where NetworkRequest.isName(word, among: networks):
      self = .network(try NetworkRequest(word, options, in: name, among: networks))
    case _ where FeatureRequest.names.contains(word):
      self = .features(try FeatureRequest(parsing: Self.withCount(name)), name: name)
    default: throw Suggestion.unknown(word, kind: "model", accepted: Self.words + [NetworkRequest.fileWord])
    }
  }

  /// The name as it was typed, a network's file without folder and ending.
  var name: String {
    switch self {
    case .majority: "majority"
    case .mean: "mean"
    case .features(_, let name): name
    case .network(let network): network.name
    case .frozen(let network, let filters):
      "\(Self.frozenWord):\(network.name)" + (filters == FrozenFilters.random ? "" : ":\(filters)")
    case .shuffled(let base): "\(Self.shuffledWord):\(base.name)"
    }
  }

  /// The name that says all: `cnn` is `small`, `fourier` is `fourier:64`; equal names for equal models.
  var fullName: String {
    switch self {
    case .majority, .mean: name
    case .features(let request, _): request.name + (hasFreeAtoms ? ":\(ContenderCatalog.defaultAtomCount)" : "")
    case .network(let network): network.fullName
    case .frozen(let network, let filters): "\(Self.frozenWord):\(network.fullName):\(filters)"
    case .shuffled(let base): "\(Self.shuffledWord):\(base.fullName)"
    }
  }

  /// The network that it is made of, where it is one.
  var network: NetworkRequest? {
    switch self {
    case .majority, .mean, .features: nil
    case .network(let network), .frozen(let network, _): network
    case .shuffled(let base): base.network
    }
  }

  /// Whether it is a basis whose number of atoms the name leaves open.
  var hasFreeAtoms: Bool {
    guard case .features(let request, _) = self else { return false }
    return BasisCatalog.names.contains(request.map) && request.selection == nil
      && !["pixels", "zca"].contains(request.map)
  }

  /// Whether it selects features of which the name leaves the number open.
  var hasFreeSelection: Bool {
    guard case .features(let request, let name) = self else { return false }
    return request.selection != nil && Self.withCount(name) != name
  }

  /// The same features, but so many of them.
  func keeping(_ count: Int) throws -> ModelRequest { try ModelRequest(parsing: "\(name):\(count)") }

  /// A selection without a number keeps as many features as a basis has atoms.
  private static func withCount(_ name: String) -> String {
    guard let selection = name.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first,
      !selection.contains(":")
    else { return name }
    return "\(name):\(ContenderCatalog.defaultAtomCount)"
  }

  private static func base(of name: String, _ rest: String, _ networks: [NetworkDescription]) throws -> ModelRequest {
    let base = try ModelRequest(parsing: rest, among: networks)
    switch base {
    case .majority, .mean, .shuffled:
      throw InputError(
        "model '\(name)'", "'\(rest)' is a control already", remedy: "Write for instance '\(shuffledWord):pixels'.")
    case .features, .network, .frozen: return base
    }
  }

  private static func frozen(
    _ name: String, _ options: [String], _ networks: [NetworkDescription]
  ) throws -> ModelRequest {
    guard let word = options.first, NetworkRequest.isName(word, among: networks) else {
      let accepted = NetworkRequest.words + [NetworkRequest.fileWord]
      throw InputError(
        "model '\(name)'",
        Suggestion.unknown(options.first ?? "", kind: "network", accepted: accepted).description)
    }
    var rest = Array(options.dropFirst())
    let filters = rest.last.flatMap { $0.first?.isNumber == true ? nil : rest.removeLast() } ?? FrozenFilters.random
    guard FrozenFilters.names.contains(filters) else {
      throw Suggestion.unknown(filters, kind: "bank of filters", accepted: FrozenFilters.names)
    }
    return .frozen(try NetworkRequest(word, rest, in: name, among: networks), filters: filters)
  }
}
