public import Formats
public import Tensors

/// The filters that a layer has learned, as small images.
public struct LearnedFilters: Sendable {
  /// The images, `[M, H, W]`: of a convolution `[F, C, kh, kw]` the kernels filter by filter, of a dense layer `[J, K]` what
  /// each of its units sees.
  public let tiles: Tensor<Float>
  /// The name of each image: `7`, or `7, channel 2` where a filter has several.
  public let names: [String]

  /// Takes the weights of a layer.
  ///
  /// - Parameters:
  ///   - archive: A weights file.
  ///   - layer: The key of the layer, such as `"0"`.
  ///   - origin: What an error names first.
  ///   - size: The rows and columns of what a dense layer sees; a square of one channel when left out.
  /// - Throws: `InputError` where there is no such layer, or its weights are no images.
  public init(
    _ archive: SafetensorsArchive, layer: String, origin: String, size: (height: Int, width: Int)? = nil
  ) throws {
    let keys = archive.names.filter { $0.hasSuffix(".weight") }.map { String($0.dropLast(".weight".count)) }
    guard keys.contains(layer) else {
      throw InputError(origin, Suggestion.unknown(layer, kind: "layer", accepted: keys).description)
    }
    let weight: Tensor<Float> = try archive["\(layer).weight"].tensor()
    switch weight.rank {
    case 4 where weight.shape[2] * weight.shape[3] > 1:
      tiles = weight.reshaped([-1, weight.shape[2], weight.shape[3]])
    case 2:
      let side = Int(Double(weight.shape[1]).squareRoot().rounded())
      let (height, width) = size ?? (side, side)
      guard height * width > 0, weight.shape[1] % (height * width) == 0, size != nil || side * side == weight.shape[1]
      else {
        throw InputError(
          origin, "layer \(layer) sees \(weight.shape[1]) numbers, which are no images of \(height)×\(width)",
          remedy: "Give the size of its images, such as --size 12x20.")
      }
      tiles = weight.reshaped([-1, height, width])
    default:
      throw InputError(origin, "layer \(layer) has weights of shape \(weight.shape), which are no images")
    }
    guard tiles.count > 0 else { throw InputError(origin, "layer \(layer) has no weights: shape \(weight.shape)") }
    let channels = tiles.shape[0] / weight.shape[0]
    names = (0..<tiles.shape[0]).map {
      channels == 1 ? "\($0)" : "\($0 / channels), channel \($0 % channels)"
    }
  }
}
