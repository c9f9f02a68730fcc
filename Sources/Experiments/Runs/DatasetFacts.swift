import Datasets

/// What a run keeps of a data set: enough to describe it, and to notice that it has changed.
public struct DatasetFacts: Codable, Sendable, Equatable {
  /// A class and how many images it has.
  public struct Class: Codable, Sendable, Equatable {
    /// The name.
    public let name: String
    /// The number of images.
    public let count: Int
  }

  /// The name of the data set.
  public let name: String
  /// The fingerprint of its content.
  public let checksum: String
  /// The shape of the images, `[N, H, W]` or `[N, C, H, W]`.
  public let shape: [Int]
  /// The classes.
  public let classes: [Class]
  /// What models explain; classes when `nil`.
  public let family: ModelFamily?
  /// The lowest and the highest number of an image, where models explain numbers.
  public let range: [Double]?
  /// The key of the groups that are never divided; `nil` where there are none.
  public let groupKey: String?
  /// The number of groups.
  public let groupCount: Int?
  /// The number of images of the official test part; `nil` where there is none.
  public let officialTestCount: Int?
  /// What the pixels of the source were multiplied by.
  public let pixelScale: Float
  /// The file that it was read from; `nil` where it was made.
  public let origin: String?
  /// What it shows.
  public let summary: String
  /// Where it comes from and its licence: what the file says, or what is known of a public data set; `nil` in runs that
  /// did not keep it yet.
  public let provenance: Provenance?

  init(_ dataset: Dataset, _ family: ModelFamily) {
    name = dataset.name
    checksum = dataset.checksum
    shape = dataset.images.shape
    classes = zip(dataset.classes, dataset.classCounts).map(Class.init)
    self.family = family.explainsNumbers ? family : nil
    range = dataset.numbers.flatMap { numbers in numbers.min().flatMap { low in numbers.max().map { [low, $0] } } }
    groupKey = dataset.groups?.key
    groupCount = dataset.groups?.count
    officialTestCount = dataset.officialTest?.count
    pixelScale = dataset.pixelScale
    origin = dataset.origin
    summary = dataset.summary
    provenance = dataset.provenance(checksum: checksum)
  }
}
