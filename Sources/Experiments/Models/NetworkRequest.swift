import NeuralNetworks
import Tensors

/// A network by name, with its widths where they are not its own, or by the file that describes it.
struct NetworkRequest: Equatable, Sendable {
  private enum Source: Equatable {
    case preset(Architecture, word: String)
    case described(NetworkDescription)
  }

  /// The names of networks.
  static let words = ["cnn"] + Architecture.allCases.map(\.rawValue)
  /// What stands for any file among the names of networks.
  static let fileWord = "FILE.yaml"

  private let source: Source
  /// The widths of the hidden layers; its own when `nil`.
  private let widths: [Int]?

  /// Whether a word names a network, known ones included.
  static func isName(_ word: String, among networks: [NetworkDescription]) -> Bool {
    words.contains(word) || NetworkDescription.isPath(word) || networks.contains { $0.name == word }
  }

  /// Reads the options behind a network's name: nothing, or widths such as `12x20`.
  ///
  /// - Parameters:
  ///   - word: The name or the path of a network.
  ///   - options: What follows, without the colons.
  ///   - name: The name of the whole model, for errors.
  ///   - networks: Descriptions that have been read; the file of any other is read now.
  /// - Throws: `InputError` for options that the network does not have; where its file cannot be read.
  init(_ word: String, _ options: [String], in name: String, among networks: [NetworkDescription]) throws {
    if !Self.words.contains(word) {
      guard options.isEmpty else {
        throw InputError(
          "model '\(name)'", "'\(word)' takes no options", remedy: "The widths of its layers are in the file.")
      }
      source = .described(
        try networks.first { [$0.path, $0.name].contains(word) } ?? NetworkDescription(word))
      widths = nil
      return
    }
    let architecture = try Architecture(named: word)
    source = .preset(architecture, word: word)
    guard let text = options.first else {
      widths = nil
      return
    }
    let numbers = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard options.count == 1, !numbers.contains(nil) else {
      let example = architecture.widths.map(String.init).joined(separator: "x")
      throw InputError(
        "model '\(name)'", "'\(word)' takes no options but the widths of its hidden layers",
        remedy: example.isEmpty ? "Write '\(word)'." : "Write '\(word)' or for instance '\(word):\(example)'.")
    }
    let widths = numbers.compactMap { $0 }
    try architecture.check(widths)
    self.widths = widths
  }

  private init(_ source: Source, widths: [Int]) { (self.source, self.widths) = (source, widths) }

  /// The same network with other widths.
  func with(widths: [Int]) -> NetworkRequest { NetworkRequest(source, widths: widths) }

  /// The widths that a matching may choose, as they are without one; empty where the name or a file says them.
  var openWidths: [Int] {
    guard case .preset(let architecture, _) = source, widths == nil else { return [] }
    return architecture.widths
  }

  /// The name as it was typed, a file without folder and ending.
  var name: String {
    switch source {
    case .preset(_, let word): word + suffix
    case .described(let description): description.name
    }
  }

  /// The name that says all.
  var fullName: String {
    switch source {
    case .preset(let architecture, _): architecture.rawValue + suffix
    case .described(let description): description.name
    }
  }

  /// The description, where a file gives it.
  var description: NetworkDescription? {
    if case .described(let description) = source { description } else { nil }
  }

  /// The network as `train` has it, with its own widths.
  var reference: NetworkReference {
    get throws {
      switch source {
      case .preset(let architecture, _): .preset(architecture)
      case .described(let description): .file(try description.file)
      }
    }
  }

  /// The loss that it is trained on: for classes a preset's own, or softmax cross-entropy for a file.
  ///
  /// - Throws: `InputError` where images have numbers and the network was made for targets of 1 and −1.
  func loss(for family: ModelFamily) throws -> any Loss {
    guard case .preset(let architecture, let word) = source else { return family.networkLoss }
    try NetworkReference.preset(architecture).check(family, name: word)
    return family.explainsNumbers ? family.networkLoss : architecture.loss
  }

  /// The network for images.
  ///
  /// - Throws: `InputError` where the images do not suit it, its output is not one number for each class, or nothing in it learns.
  func network(in context: ContenderContext) throws -> Network {
    switch source {
    case .preset(let architecture, _):
      return try architecture.network(
        inputShape: context.inputShape, classCount: context.classCount, widths: widths)
    case .described(let description):
      let network = try description.file.network(
        inputShape: context.inputShape, classCount: context.classCount, from: context.random)
      guard network.outputShape == [context.classCount] else {
        throw InputError(
          description.path,
          "its output has the shape \(network.outputShape), expected "
            + (context.classCount == 1 ? "one number" : "one number for each of \(context.classCount) classes"),
          remedy: "Let it end with '- Dense: classes'.")
      }
      guard network.parameterCount > 0 else {
        throw InputError(description.path, "has nothing to learn: none of its layers has weights that are not frozen")
      }
      return network
    }
  }

  private var suffix: String { widths.map { ":" + $0.map(String.init).joined(separator: "x") } ?? "" }
}

extension ModelFamily {
  /// What networks minimise that were made for no other loss.
  fileprivate var networkLoss: any Loss {
    switch self {
    case .multinomial: SoftmaxCrossEntropy()
    case .gaussian: MeanSquaredError()
    case .poisson: PoissonLoss()
    }
  }
}
