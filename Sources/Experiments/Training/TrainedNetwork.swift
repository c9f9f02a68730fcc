import Formats
public import Foundation
import LinearModels
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

  /// What its outputs mean where it explains numbers; `nil` where they are logits of classes.
  public let numbers: NumberCoding?

  /// What it explains.
  public var family: ModelFamily { numbers?.family ?? .multinomial }

  private static let standardizerKey = "pixel_standardizer"
  private static let numbersKey = "number_coding"

  /// Puts together what a training leaves.
  public init(
    _ network: Network, weights: Weights<Float>, standardizer: PixelStandardizer?, numbers: NumberCoding? = nil
  ) {
    self.network = network
    self.weights = weights
    self.standardizer = standardizer
    self.numbers = numbers
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
    func decoded<Value: Decodable>(_ key: String) throws -> Value? {
      try archive.metadata[key].map { text in
        do {
          return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
        } catch {
          throw InputError(url.relativePath, "has metadata '\(key)' that is not understood: '\(text)'")
        }
      }
    }
    standardizer = try decoded(Self.standardizerKey)
    numbers = try decoded(Self.numbersKey)
  }

  /// Writes the weights, what becomes of pixels, and what outputs mean, as a safetensors file.
  ///
  /// - Parameter url: The file, which is replaced where it exists.
  /// - Throws: `InputError` where it cannot be written.
  public func write(to url: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    var metadata: [String: String] = [:]
    func note(_ value: (some Encodable)?, under key: String) throws {
      if let value { metadata[key] = String(decoding: try encoder.encode(value), as: UTF8.self) }
    }
    try note(standardizer, under: Self.standardizerKey)
    try note(numbers, under: Self.numbersKey)
    try weights.write(safetensors: url, metadata: metadata)
  }

  /// The same for pixels that were not multiplied by a scale before.
  func unscaled(by scale: Float) -> TrainedNetwork {
    TrainedNetwork(network, weights: weights, standardizer: standardizer?.unscaled(by: scale), numbers: numbers)
  }

  /// The same network with other weights.
  func with(_ weights: Weights<Float>) -> TrainedNetwork {
    TrainedNetwork(network, weights: weights, standardizer: standardizer, numbers: numbers)
  }

  /// What is predicted for images: probabilities `[N, K]` of classes, or numbers `[N, 1]`.
  ///
  /// - Parameter images: `[N, C, H, W]`, as they are in their file.
  /// - Returns: The predictions, numbers in the units of the data.
  /// - Throws: `InputError` where the images are of another size.
  public func predictions(_ images: Tensor<Float>) throws -> Tensor<Double> {
    try predictions(ofPrepared: standardizer?.apply(images) ?? images)
  }

  /// What is predicted for images whose pixels are shifted and scaled already.
  ///
  /// - Parameter images: `[N, C, H, W]`.
  /// - Returns: The predictions, numbers in the units of the data.
  /// - Throws: `InputError` where the images are of another size.
  public func predictions(ofPrepared images: Tensor<Float>) throws -> Tensor<Double> {
    let outputs = try outputs(ofPrepared: images).map { Double($0) }
    return numbers?.numbers(outputs) ?? Softmax.probabilities(outputs)
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

  /// How good predictions of numbers are.
  ///
  /// - Parameters:
  ///   - predictions: `[N, 1]`.
  ///   - values: The number of each image, where these are known.
  /// - Returns: The report; `nil` without numbers, or where the network explains classes.
  public func numberReport(_ predictions: Tensor<Double>, _ values: [Double]?) -> NumberReport? {
    guard let numbers, let values else { return nil }
    return NumberReport(predictions, values, family: numbers.family)
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
      let found = archive?.shape(of: last.name), found.count == last.shape.count, let count = found.first, count >= 1,
      count != network.outputShape.last
    else { return network }
    return try self.network(inputShape: inputShape, classCount: count, from: stream)
  }
}
