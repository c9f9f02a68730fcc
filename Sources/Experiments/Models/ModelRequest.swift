import Tensors

/// What the name of a model says.
///
/// | name | model |
/// |---|---|
/// | `majority` | the class frequencies of the training labels |
/// | `mean` | the mean of the numbers of the training images |
/// | `fourier:32`, `haar@f-statistic:32`, `haar+l1` | features under a penalty, as a ``LinearRequest`` has them |
/// | `cnn`, `small:12x20` | a network, with the widths of its hidden layers where they are not its own |
/// | `nets/deep.yaml`, `deep` | a network that a file describes; what it is called, once a comparison has read it |
/// | `frozen:cnn`, `frozen:cnn:fourier` | the network with its filters held at random values, or at the atoms of a basis |
/// | `shuffled:pixels` | a model of images whose labels were dealt anew |
indirect enum ModelRequest: Equatable, Sendable {
  case majority
  case mean
  case linear(LinearRequest)
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
    try Self.refuseSuffix(name, networks)
    switch word {
    case Self.shuffledWord: self = .shuffled(try Self.base(of: name, rest, networks))
    case Self.frozenWord: self = try Self.frozen(name, options, networks)
    case "majority", "mean":
      guard word == name else { throw InputError("model '\(name)'", "'\(word)' takes no options") }
      self = word == "mean" ? .mean : .majority
    case _ where NetworkRequest.isName(word, among: networks):
      self = .network(try NetworkRequest(word, options, in: name, among: networks))
    case _ where LinearRequest.isName(name): self = .linear(try LinearRequest(parsing: name))
    default:
      let head = word.split(separator: "+").first.map(String.init) ?? word
      throw Suggestion.unknown(head, kind: "model", accepted: Self.words + [NetworkRequest.fileWord])
    }
  }

  /// Says of a model that is not linear that it has no penalty and no link.
  private static func refuseSuffix(_ name: String, _ networks: [NetworkDescription]) throws {
    let head = String(name.prefix { $0 != "+" })
    guard head != name, !LinearRequest.isName(name), !name.hasPrefix(shuffledWord), !NetworkDescription.isPath(name),
      (try? ModelRequest(parsing: head, among: networks)) != nil
    else { return }
    throw InputError(
      "model '\(name)'", "only linear models on features have a penalty or a link, and '\(head)' is none",
      remedy: "Write '\(head)', or for instance 'pixels+l1'.")
  }

  /// The name as it was typed, a network's file without folder and ending.
  var name: String {
    switch self {
    case .majority: "majority"
    case .mean: "mean"
    case .linear(let linear): linear.name
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
    case .linear(let linear): linear.fullName
    case .network(let network): network.fullName
    case .frozen(let network, let filters): "\(Self.frozenWord):\(network.fullName):\(filters)"
    case .shuffled(let base): "\(Self.shuffledWord):\(base.fullName)"
    }
  }

  /// The linear model that it is, or of which the labels are dealt anew.
  var linear: LinearRequest? {
    switch self {
    case .linear(let linear): linear
    case .shuffled(let base): base.linear
    case .majority, .mean, .network, .frozen: nil
    }
  }

  /// The network that it is made of, where it is one.
  var network: NetworkRequest? {
    switch self {
    case .majority, .mean, .linear: nil
    case .network(let network), .frozen(let network, _): network
    case .shuffled(let base): base.network
    }
  }

  private static func base(of name: String, _ rest: String, _ networks: [NetworkDescription]) throws -> ModelRequest {
    let base = try ModelRequest(parsing: rest, among: networks)
    switch base {
    case .majority, .mean, .shuffled:
      throw InputError(
        "model '\(name)'", "'\(rest)' is a control already", remedy: "Write for instance '\(shuffledWord):pixels'.")
    case .linear, .network, .frozen: return base
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
