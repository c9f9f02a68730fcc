import Formats
public import Foundation
public import NeuralNetworks
public import Tensors

/// A network with its weights, and what its training did with the pixels.
public struct TrainedNetwork: Sendable {
  /// The network.
  public let network: Network
  /// Its weights.
  public let weights: Weights<Float>
  /// What pixels are shifted and scaled by before the network sees them.
  public let standardizer: PixelStandardizer?

  private static let standardizerKey = "pixel_standardizer"

  /// Puts together what a training leaves.
  public init(_ network: Network, weights: Weights<Float>, standardizer: PixelStandardizer?) {
    self.network = network
    self.weights = weights
    self.standardizer = standardizer
  }

  /// Reads weights for a network, which decide its number of classes.
  ///
  /// - Parameters:
  ///   - reference: The network.
  ///   - url: The weights, a safetensors file.
  ///   - inputShape: The shape of one image.
  /// - Throws: `InputError` where the file is damaged, or its weights are those of another network.
  public init(_ reference: NetworkReference, weights url: URL, inputShape: [Int]) throws {
    let archive = try Safetensors.read(url)
    let network = try reference.network(
      inputShape: inputShape, outputsOf: archive, otherwise: 10, from: RandomStream(seed: 0))
    try self.init(network, archive, url)
  }

  /// Reads the weights of a network.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - url: The weights, a safetensors file.
  /// - Throws: `InputError` where the file is damaged, or its weights are those of another network.
  init(_ network: Network, weights url: URL) throws { try self.init(network, Safetensors.read(url), url) }

  private init(_ network: Network, _ archive: SafetensorsArchive, _ url: URL) throws {
    self.network = network
    weights = try Weights(archive, origin: url.relativePath, parameters: network.parameters)
    standardizer = try archive.metadata[Self.standardizerKey].map {
      do {
        return try JSONDecoder().decode(PixelStandardizer.self, from: Data($0.utf8))
      } catch {
        throw InputError(url.relativePath, "has metadata '\(Self.standardizerKey)' that is not understood: '\($0)'")
      }
    }
  }

  /// Writes the weights, and what becomes of pixels, as a safetensors file.
  ///
  /// - Parameter url: The file, which is replaced where it exists.
  /// - Throws: `InputError` where it cannot be written.
  public func write(to url: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = try standardizer.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    try weights.write(safetensors: url, metadata: text.map { [Self.standardizerKey: $0] } ?? [:])
  }

  /// The same for pixels that were not multiplied by a scale before.
  func unscaled(by scale: Float) -> TrainedNetwork {
    TrainedNetwork(network, weights: weights, standardizer: standardizer?.unscaled(by: scale))
  }

  /// The outputs for images.
  ///
  /// - Parameter images: `[N, C, H, W]`, as they are in their file.
  /// - Returns: `[N]` and the shape of one output.
  /// - Throws: `InputError` where the images are of another size.
  public func outputs(_ images: Tensor<Float>) throws -> Tensor<Float> {
    try outputs(ofPrepared: standardizer?.apply(images) ?? images)
  }

  /// The outputs for images whose pixels are shifted and scaled already.
  ///
  /// - Parameter images: `[N, C, H, W]`.
  /// - Returns: `[N]` and the shape of one output.
  /// - Throws: `InputError` where the images are of another size.
  public func outputs(ofPrepared images: Tensor<Float>) throws -> Tensor<Float> {
    try Predictor(network, weights: weights).outputs(images)
  }

  /// What one layer makes of images.
  ///
  /// - Parameters:
  ///   - key: The layer's key, such as `"3"`.
  ///   - images: `[N, C, H, W]`, as they are in their file.
  /// - Returns: `[N]` and the shape of the layer's output.
  /// - Throws: `InputError` for a key that there is not.
  public func outputs(of key: String, _ images: Tensor<Float>) throws -> Tensor<Float> {
    let part = try network.prefix(through: key)
    return try TrainedNetwork(part, weights: weights.restricted(to: part), standardizer: standardizer).outputs(images)
  }
}

extension NetworkReference {
  /// The network with as many outputs as weights of it have.
  ///
  /// - Parameters:
  ///   - inputShape: The shape of one image.
  ///   - archive: Weights, whose last matrix decides the number of classes.
  ///   - classCount: The number of classes where there are no weights.
  ///   - stream: What decides first weights that are drawn with the description.
  /// - Returns: The network.
  /// - Throws: `InputError` where the network cannot be of that size.
  public func network(
    inputShape: [Int], outputsOf archive: SafetensorsArchive?, otherwise classCount: Int, from stream: RandomStream
  ) throws -> Network {
    let network = try network(inputShape: inputShape, classCount: classCount, from: stream)
    guard let last = network.parameters.last(where: { $0.name.hasSuffix(".weight") }),
      let found = archive?.shape(of: last.name), found.count == last.shape.count, let count = found.first, count >= 2,
      count != network.outputShape.last
    else { return network }
    return try self.network(inputShape: inputShape, classCount: count, from: stream)
  }
}
