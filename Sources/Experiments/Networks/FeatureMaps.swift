public import Figures
public import Tensors

/// What a layer makes of one image, as a picture.
public struct FeatureMaps: Sendable {
  /// What stands above the picture.
  public let title: String
  /// The image, `[C, H, W]`, as it is in its file.
  public let image: Tensor<Float>
  /// The maps, `[F, h, w]`.
  public let maps: Tensor<Float>

  /// Takes what a layer makes of an image.
  ///
  /// - Parameters:
  ///   - title: What stands above the picture.
  ///   - image: `[C, H, W]`.
  ///   - outputs: The layer's outputs for it: maps `[F, h, w]`.
  /// - Throws: `InputError` where they are no maps.
  public init(title: String, image: Tensor<Float>, outputs: Tensor<Float>) throws {
    guard outputs.rank == 3, outputs.shape[1] * outputs.shape[2] > 1 else {
      throw InputError(
        title, "expected maps [F, h, w] from the layer, found outputs of shape \(outputs.shape)",
        remedy: "Write them as .npy, or choose a layer before the network is flat.")
    }
    (self.title, self.image, maps) = (title, image, outputs)
  }

  /// The picture: the image's channels, then all maps, each on its own scale.
  ///
  /// Maps that are smaller than the image by a whole factor are drawn in its size.
  ///
  /// - Parameter columns: How many tiles stand in a row; chosen when left out.
  /// - Returns: The picture.
  public func grid(columns: Int? = nil) -> LabelledGrid {
    let (height, width) = (image.shape[1], image.shape[2])
    let factors = (rows: height / maps.shape[1], columns: width / maps.shape[2])
    let fits = maps.shape[1] * factors.rows == height && maps.shape[2] * factors.columns == width
    let tiles = fits ? Self.enlarged(maps, factors) : maps
    let shown = LabelledGrid.Group(
      heading: "maps", tiles: tiles.map { Double($0) }, captions: (0..<maps.shape[0]).map { "\($0)" })
    let channels = (0..<image.shape[0]).map { image.shape[0] == 1 ? "" : "channel \($0)" }
    let original = LabelledGrid.Group(heading: "image", tiles: image.map { Double($0) }, captions: channels)
    return LabelledGrid(
      title: title, remark: "\(maps.shape[0]) maps of \(maps.shape[1])×\(maps.shape[2])",
      scaleName: "each map on its own scale", groups: fits ? [original, shown] : [shown], columns: columns)
  }

  /// Each sample several times in both directions.
  private static func enlarged(_ maps: Tensor<Float>, _ factors: (rows: Int, columns: Int)) -> Tensor<Float> {
    let (count, height, width) = (maps.shape[0], maps.shape[1], maps.shape[2])
    let shape = [count, height * factors.rows, width * factors.columns]
    return Tensor(shape: shape) { target in
      for index in target.indices {
        let (plane, place) = index.quotientAndRemainder(dividingBy: shape[1] * shape[2])
        let (row, column) = place.quotientAndRemainder(dividingBy: shape[2])
        target[index] = maps[plane, row / factors.rows, column / factors.columns]
      }
    }
  }
}
