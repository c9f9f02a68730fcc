public import Datasets
public import Tensors

/// What a network is trained on, watched by, and tested with.
public struct TrainingParts: Sendable {
  /// Images and their classes.
  public struct Part: Sendable {
    /// `[N, C, H, W]`.
    public let images: Tensor<Float>
    /// N classes.
    public let labels: [Int]
    /// The group of each image, where they come in groups.
    public let groups: [Int]?
  }

  /// The images to fit to.
  public let training: Part
  /// The images to watch by; `nil` where none are set aside.
  public let validation: Part?
  /// The official test part; `nil` where there is none.
  public let test: Part?
  /// The names of the classes.
  public let classes: [String]
  /// What the pixels were shifted and scaled by.
  public let standardizer: PixelStandardizer?

  /// Divides images.
  ///
  /// - Parameters:
  ///   - collection: The images; an official test part is kept apart.
  ///   - labels: Their classes.
  ///   - configuration: The share of the validation part, and whether pixels are normalised.
  ///   - given: What pixels are shifted and scaled by, where that was decided earlier.
  /// - Throws: `InputError` where a class has too few images, or lies in too few groups, to be divided.
  public init(
    _ collection: ImageCollection, labels: ClassLabels, configuration: TrainingConfiguration,
    standardizer given: PixelStandardizer? = nil
  ) throws {
    let test = collection.officialTest
    var fitted = Array(0..<(test?.lowerBound ?? collection.count))
    var watched: [Int] = []
    if configuration.validation > 0 {
      (fitted, watched) = try Splits.validation(
        of: collection.dataset(labels: labels), share: configuration.validation,
        from: RandomStream(seed: configuration.seed).split("validation"))
    }
    let images = collection.images.gatheringRows(fitted)
    let standardizer = given ?? configuration.pixels.standardizer(for: images)
    func part(_ places: [Int]) -> Part { Part(collection, labels, places, standardizer) }
    training = part(fitted)
    validation = watched.isEmpty ? nil : part(watched)
    self.test = test.map { part(Array($0)) }
    classes = labels.classes
    self.standardizer = standardizer
  }

  /// Takes the parts of a split.
  ///
  /// - Parameters:
  ///   - collection: The images.
  ///   - labels: Their classes.
  ///   - split: The parts, all of them with images.
  ///   - standardizer: What pixels are shifted and scaled by.
  init(_ collection: ImageCollection, labels: ClassLabels, split: Split, standardizer: PixelStandardizer?) {
    func part(_ places: [Int]) -> Part { Part(collection, labels, places, standardizer) }
    training = part(split.train)
    validation = part(split.validation)
    test = part(split.test)
    classes = labels.classes
    self.standardizer = standardizer
  }

  /// A fingerprint of images and labels of all parts.
  var checksum: UInt64 {
    var hash = FNV1a()
    for part in [training, validation, test] {
      guard let part else { continue }
      part.images.withUnsafeBufferPointer { for pixel in $0 { hash.add(pixel.bitPattern) } }
      for label in part.labels { hash.add(Int64(label)) }
    }
    return hash.value
  }
}

extension TrainingParts.Part {
  fileprivate init(
    _ collection: ImageCollection, _ labels: ClassLabels, _ places: [Int], _ standardizer: PixelStandardizer?
  ) {
    let images = collection.images.gatheringRows(places)
    self.init(
      images: standardizer?.apply(images) ?? images, labels: places.map { labels.labels[$0] },
      groups: collection.groups.map { groups in places.map { groups.identifiers[$0] } })
  }
}
