public import Tensors

/// Labelled images of one size: what models are fitted to and compared on.
///
/// A value of this type is sound by construction: every image is finite and has a label, every class has an image, and
/// no group of images lies on both sides of an official split. Pixels are those of the source times ``pixelScale``.
public struct Dataset: Sendable {
  /// A short name, such as `usps_16x16` or `gratings`.
  public let name: String
  /// The images, `[N, H, W]` or `[N, C, H, W]`.
  public let images: Tensor<Float>
  /// The class of each image, `0..<classes.count`.
  public let labels: [Int]
  /// The name of each class; there are at least two, unless images have numbers.
  public let classes: [String]
  /// The number of each image that a regression explains; `nil` where images have classes.
  ///
  /// Classes are then ranges of these numbers from low to high, by which images are divided in proportion, or one for all
  /// where there are groups.
  public let numbers: [Double]?
  /// Which images belong together and must never be divided between training and test.
  public let groups: ImageGroups?
  /// The images of the official test part, which are the last ones; `nil` where there is no official split.
  public let officialTest: Range<Int>?
  /// What the pixels of the source were multiplied by: 1/255 for 8-bit images that were scaled to 0…1, else 1.
  public let pixelScale: Float
  /// The file that the images were read from; `nil` where they were made.
  public let origin: String?
  /// What the images show.
  public let summary: String
  /// Where they come from and their licence, as far as the images say it themselves.
  public let provenance: Provenance

  /// Creates a data set, checking that it is one.
  ///
  /// - Parameters:
  ///   - name: A short name.
  ///   - images: `[N, H, W]` or `[N, C, H, W]`, at least 4×4 pixels, all finite.
  ///   - labels: One class per image, `0..<classes.count`.
  ///   - classes: The names of the classes, at least two, each with at least one image.
  ///   - numbers: The number of each image, where labels are ranges of them.
  ///   - groups: One group per image.
  ///   - officialTest: The official test part, a proper part of the images that ends with the last one.
  ///   - pixelScale: What the pixels of the source have been multiplied by.
  ///   - origin: The file that the images were read from; errors begin with it instead of the name.
  ///   - summary: What the images show.
  ///   - provenance: Source and licence.
  /// - Throws: `InputError` naming the first rule that is broken, with the indices where it is.
  public init(
    name: String, images: Tensor<Float>, labels: [Int], classes: [String], numbers: [Double]? = nil,
    groups: ImageGroups? = nil, officialTest: Range<Int>? = nil, pixelScale: Float = 1, origin: String? = nil,
    summary: String = "",
    provenance: Provenance = Provenance()
  ) throws {
    self.name = name
    self.images = images
    self.labels = labels
    self.classes = classes
    self.numbers = numbers
    self.groups = groups
    self.officialTest = officialTest
    self.pixelScale = pixelScale
    self.origin = origin
    self.summary = summary
    self.provenance = provenance
    try validate()
  }

  /// The number of images N.
  public var count: Int { labels.count }

  /// The number of channels C; 1 for images `[N, H, W]`.
  public var channels: Int { images.rank == 4 ? images.shape[1] : 1 }

  /// The number of rows H of an image.
  public var height: Int { images.shape[images.rank - 2] }

  /// The number of columns W of an image.
  public var width: Int { images.shape[images.rank - 1] }

  /// The number of images of each class.
  public var classCounts: [Int] {
    labels.reduce(into: [Int](repeating: 0, count: classes.count)) { $0[$1] += 1 }
  }

  /// The images that are not in the official test part.
  public var officialTraining: Range<Int> { 0..<(officialTest?.lowerBound ?? count) }

  /// The smallest and the largest pixel.
  public var pixelRange: ClosedRange<Float> {
    images.withUnsafeBufferPointer { pixels in
      let (low, high) = pixels.reduce((Float.infinity, -Float.infinity)) { (min($0.0, $1), max($0.1, $1)) }
      return low...high
    }
  }
}
