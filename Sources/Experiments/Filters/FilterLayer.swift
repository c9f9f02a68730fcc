public import NeuralNetworks
public import Tensors

/// A layer of a network whose weights are images: kernels of a convolution, or what the units of a dense layer see of the
/// image.
public struct FilterLayer: Sendable {
  /// The key of the layer, such as `"0"`.
  public let key: String
  /// The name of the layer, such as `Conv2D`.
  public let name: String
  /// The number of filters F.
  public let count: Int
  /// The channels C that each filter sees.
  public let channels: Int
  /// The rows and columns of a kernel.
  public let size: (height: Int, width: Int)

  /// The tensor of the weights.
  let weight: ParameterDescription

  /// The shape of the filters, `[F, C, kh, kw]`.
  var shape: [Int] { [count, channels, size.height, size.width] }

  /// The filters of a network's weights.
  ///
  /// - Parameter weights: Weights of the network that the layer belongs to.
  /// - Returns: `[F, C, kh, kw]`.
  public func filters(_ weights: Weights<Float>) -> Tensor<Double> {
    guard let tensor = weights[weight.name] else {
      preconditionFailure("expected weights with \(weight.name), got \(weights.names)")
    }
    return tensor.map { Double($0) }.reshaped(shape)
  }

  /// The same weights with other filters.
  ///
  /// - Parameters:
  ///   - weights: Weights of the network that the layer belongs to.
  ///   - filters: `[F, C, kh, kw]`.
  /// - Returns: The weights.
  func replacing(_ weights: Weights<Float>, with filters: Tensor<Double>) -> Weights<Float> {
    var weights = weights
    weights[weight.name] = filters.map { Float($0) }.reshaped(weight.shape)
    return weights
  }

  /// Filters as the network draws them before it has seen an image.
  ///
  /// - Parameter stream: Where the chance comes from.
  /// - Returns: `[F, C, kh, kw]`.
  func firstFilters(from stream: RandomStream) -> Tensor<Double> {
    weight.initializer.makeTensor(weight.shape, from: stream.split(weight.name)).reshaped(shape)
  }

  /// The layer of a node; `nil` where its weights are no images.
  fileprivate init?(_ node: Network.Node, in network: Network, isFirst: Bool) {
    guard let weight = node.parameters.first(where: { $0.name == "\(node.key).weight" && $0.role == .learned }) else {
      return nil
    }
    var shape = weight.shape
    let pixels = network.inputShape.reduce(1, *)
    if shape.count == 2, isFirst, shape[1] == pixels, network.inputShape.count == 3 {
      shape = [shape[0]] + network.inputShape
    }
    if shape.count == 3 && node.layer is Conv2D { shape.insert(1, at: 1) }
    guard shape.count == 4, shape[2] * shape[3] > 1, shape[0] > 0 else { return nil }
    self.weight = weight
    (key, name, count, channels) = (node.key, node.name, shape[0], shape[1])
    size = (shape[2], shape[3])
  }
}

extension Network {
  /// The layers whose weights are images, in order: convolutions with kernels larger than 1×1, and a dense layer that sees
  /// the pixels themselves.
  public var filterLayers: [FilterLayer] {
    let first = nodes.first { !$0.parameters.isEmpty }?.key
    return nodes.compactMap { FilterLayer($0, in: self, isFirst: $0.key == first) }
  }

  /// The layers of some keys.
  ///
  /// - Parameter keys: Keys of layers; all that have filters when empty.
  /// - Returns: The layers.
  /// - Throws: `InputError` for a key of no such layer, and where the network has none.
  public func filterLayers(_ keys: [String]) throws -> [FilterLayer] {
    let layers = filterLayers
    guard !layers.isEmpty else {
      throw InputError("network", "no layer has weights that are images", remedy: "Give a network with convolutions.")
    }
    return try keys.isEmpty
      ? layers
      : keys.map { key in
        guard let layer = layers.first(where: { $0.key == key }) else {
          throw Suggestion.unknown(key, kind: "layer with filters", accepted: layers.map(\.key))
        }
        return layer
      }
  }
}
