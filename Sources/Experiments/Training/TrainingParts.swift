public import Datasets
public import LinearModels
import NeuralNetworks
public import Tensors

/// What a network is trained on, watched by, and tested with.
public struct TrainingParts: Sendable {
  /// Images and what is told of them.
  public struct Part: Sendable {
    /// `[N, C, H, W]`.
    public let images: Tensor<Float>
    /// N classes or numbers.
    public let response: Response
    /// The group of each image, where they come in groups.
    public let groups: [Int]?

    /// The number of images.
    public var count: Int { images.shape[0] }

    /// The class of each image; none where images have numbers.
    public var labels: [Int] { if case .classes(let labels, _) = response { labels } else { [] } }
  }

  /// The images to fit to.
  public let training: Part
  /// The images to watch by; `nil` where none are set aside.
  public let validation: Part?
  /// The official test part; `nil` where there is none.
  public let test: Part?
  /// The names of the classes; none where images have numbers.
  public let classes: [String]
  /// What the numbers of images are to the network; `nil` where they have classes.
  let numbers: NumberCoding?
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
    func part(_ places: [Int]) -> Part {
      let classes = places.map { labels.labels[$0] }
      return Part(collection, places, .classes(classes, count: labels.classes.count), standardizer)
    }
    training = part(fitted)
    validation = watched.isEmpty ? nil : part(watched)
    self.test = test.map { part(Array($0)) }
    classes = labels.classes
    numbers = nil
    self.standardizer = standardizer
  }

  /// Takes the parts of a split of a comparison, for a network that it has trained.
  ///
  /// - Parameters:
  ///   - collection: The images.
  ///   - split: The parts, all of them with images.
  ///   - classes: The names of the classes; none where images have numbers.
  ///   - trained: The network, which decides what becomes of pixels and numbers.
  ///   - response: What is told of some images.
  init(
    _ collection: ImageCollection, split: Split, classes: [String], for trained: TrainedNetwork,
    response: ([Int]) -> Response
  ) {
    func part(_ places: [Int]) -> Part { Part(collection, places, response(places), trained.standardizer) }
    training = part(split.train)
    validation = part(split.validation)
    test = part(split.test)
    self.classes = classes
    (numbers, standardizer) = (trained.numbers, trained.standardizer)
  }

  /// What models of these images explain.
  var family: ModelFamily { numbers?.family ?? .multinomial }

  /// What a network should make of the training images.
  var targets: Targets<Float> {
    switch (training.response, numbers) {
    case (.numbers(let values), .some(let coding)): coding.targets(values)
    case (.classes(let labels, _), _): .classes(labels)
    case (.numbers, nil): preconditionFailure("expected what numbers are to the network, got none")
    }
  }

  /// A fingerprint of images and labels or numbers of all parts.
  var checksum: UInt64 {
    var hash = FNV1a()
    for part in [training, validation, test] {
      guard let part else { continue }
      part.images.withUnsafeBufferPointer { for pixel in $0 { hash.add(pixel.bitPattern) } }
      switch part.response {
      case .classes(let labels, _): for label in labels { hash.add(Int64(label)) }
      case .numbers(let numbers): for number in numbers { hash.add(number.bitPattern) }
      }
    }
    return hash.value
  }
}

extension TrainingParts.Part {
  fileprivate init(
    _ collection: ImageCollection, _ places: [Int], _ response: Response, _ standardizer: PixelStandardizer?
  ) {
    let images = collection.images.gatheringRows(places)
    self.init(
      images: standardizer?.apply(images) ?? images, response: response,
      groups: collection.groups.map { groups in places.map { groups.identifiers[$0] } })
  }
}
