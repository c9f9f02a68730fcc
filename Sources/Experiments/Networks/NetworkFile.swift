import Formats
import NeuralNetworks
import Spectral
import Tensors

public import Foundation

/// A network written in YAML: layers in a row by their Swift names, with the settings of their Swift initializers.
///
/// ```yaml
/// layers:
///   - Conv2D: {outputChannels: 16, kernelSize: 7, padding: same}
///     startingFrom: {basis: gabor}
///     frozen: true
///   - ReLU
///   - Residual:
///       - Conv2D: {outputChannels: 16, kernelSize: 3, padding: 1}
///       - ReLU
///   - GlobalAveragePool2D
///   - Flatten
///   - Dense: classes
/// ```
///
/// A layer's settings are a mapping, or the value of the most important one alone. What follows from the shape that comes
/// in may be left out; `classes` is the number of classes. Beside the layer's name stand `frozen`, `labelled` (a name that
/// a later `Merge` finds) and `startingFrom` (first weights: an initializer's name, the atoms of a basis, or a layer of a
/// weights file). `Sequential`, `Residual` and `Branches` arrange layers. Instead of `layers` a file may have `network`, the
/// name of a preset, and `frozen`, the keys of layers that are not trained.
public struct NetworkFile: Sendable {
  /// The file.
  public let url: URL

  /// What the file says.
  let source: String

  private let text: YAMLValue

  /// Reads a file; its layers are checked when the network is made.
  ///
  /// - Parameter url: The file.
  /// - Throws: `InputError` where it cannot be read or is not YAML.
  public init(_ url: URL) throws {
    guard let source = String(validating: try ByteSource(url).allBytes(), as: UTF8.self) else {
      throw InputError(url.relativePath, "is not text in UTF-8")
    }
    try self.init(text: source, from: url)
  }

  /// Takes what a file said.
  init(text source: String, from url: URL) throws {
    self.url = url
    self.source = source
    text = try YAMLValue(source, path: url.relativePath)
  }

  /// The weights files that layers start from.
  var weightFiles: [URL] { FirstWeights.files(in: text) }

  /// The network for images of a size and a number of classes.
  ///
  /// - Parameters:
  ///   - inputShape: The shape of one image, `[C, H, W]`.
  ///   - classCount: The number of classes.
  ///   - stream: What decides the atoms of the basis `random`.
  /// - Returns: The network.
  /// - Throws: `InputError` with line and column where the file says something that no layer understands, or where
  ///   shapes do not fit.
  public func network(inputShape: [Int], classCount: Int, from stream: RandomStream) throws -> Network {
    let reader = NetworkReader(classCount: classCount, stream: stream)
    let members = try Dictionary(
      (text.list == nil ? text.members ?? [] : []).map { member in
        (try member.name.word(among: ["layers", "network", "frozen"], "entry of a network file"), member.value)
      }
    ) { first, _ in first }
    guard let layers = text.list == nil ? members["layers"] : text else {
      guard let name = members["network"] else {
        throw text.error(
          "expected 'layers', a list, or 'network', the name of one",
          remedy: "Example: 'layers: [Flatten, {Dense: classes}]'.")
      }
      do {
        let network = try Architecture(named: name.text ?? name.kind).network(
          inputShape: inputShape, classCount: classCount)
        return try freeze(network, members["frozen"])
      } catch let error as InputError { throw name.placing(error) }
    }
    let elements = try reader.elements(layers)
    guard !elements.isEmpty else { throw layers.error("expected at least one layer, found an empty list") }
    return try freeze(Network(inputShape: inputShape, layers: elements), members["frozen"])
  }

  private func freeze(_ network: Network, _ keys: YAMLValue?) throws -> Network {
    guard let keys else { return network }
    let accepted = network.nodes.filter { !$0.parameters.isEmpty }.map(\.key)
    let frozen = try Set((keys.list ?? [keys]).map { try $0.word(among: accepted, "layer with parameters") })
    return network.freezing { key in frozen.contains(key) || network.nodes.contains { $0.key == key && $0.isFrozen } }
  }
}
