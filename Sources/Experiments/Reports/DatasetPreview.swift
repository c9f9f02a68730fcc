public import Datasets
public import Figures
public import Tensors

/// A picture of what a data set looks like.
public enum DatasetPreview {
  /// Images of each class drawn at random, one row per class.
  ///
  /// Black and white are 0 and 1 where all pixels lie between them, else the values that 0.5 % of the shown pixels lie
  /// below and above. Of several channels the mean is shown.
  ///
  /// - Parameters:
  ///   - dataset: The data set.
  ///   - count: The number of images of each class, as far as there are so many.
  ///   - stream: What decides which images are shown.
  /// - Returns: The picture.
  public static func grid(of dataset: Dataset, perClass count: Int, from stream: RandomStream) -> ImageGrid {
    let rows = dataset.classes.indices.map { label in
      var own = stream.split(label)
      let members = dataset.labels.indices.filter { dataset.labels[$0] == label }.shuffled(using: &own)
      return channelMean(dataset.images.gatheringRows(Array(members.prefix(count))), of: dataset)
    }
    let range = grayRange(rows, of: dataset)
    let tiles = rows.map { $0.map { ($0 - range.lowerBound) / (range.upperBound - range.lowerBound) } }
    return ImageGrid(groups: tiles, shading: .brightness)
  }

  private static func channelMean(_ images: Tensor<Float>, of dataset: Dataset) -> Tensor<Float> {
    let (count, channels, area) = (images.shape[0], dataset.channels, dataset.height * dataset.width)
    let planes = images.reshaped([count * channels, area])
    var result = Tensor<Float>.zeros([count, area])
    for image in 0..<count {
      for channel in 0..<channels {
        for pixel in 0..<area { result[image, pixel] += planes[image * channels + channel, pixel] / Float(channels) }
      }
    }
    return result.reshaped([count, dataset.height, dataset.width])
  }

  private static func grayRange(_ rows: [Tensor<Float>], of dataset: Dataset) -> ClosedRange<Float> {
    let whole = dataset.pixelRange
    if whole.lowerBound >= 0 && whole.upperBound <= 1 { return 0...1 }
    let pixels = rows.flatMap(\.elements).sorted()
    let cut = pixels.count / 200
    let (low, high) = (pixels[cut], pixels[pixels.count - 1 - cut])
    return low...(high > low ? high : low + 1)
  }
}
