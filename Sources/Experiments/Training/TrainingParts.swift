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

  /// Divides images with classes.
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
    let split = try Self.split(collection, configuration) { try collection.dataset(labels: labels) }
    self.init(
      collection, split, classes: labels.classes, numbers: nil,
      standardizer: given ?? configuration.pixels.standardizer(for: collection.images.gatheringRows(split.train))
    ) { places in .classes(places.map { labels.labels[$0] }, count: labels.classes.count) }
  }

  /// Divides images with numbers or counts.
  ///
  /// - Parameters:
  ///   - collection: The images; an official test part is kept apart.
  ///   - values: Their numbers.
  ///   - family: What the numbers are, not classes.
  ///   - configuration: The share of the validation part, and whether pixels are normalised.
  /// - Throws: `InputError` where all numbers are the same, a count is below 0, or there are too few images or groups.
  public init(
    _ collection: ImageCollection, numbers values: [Double], family: ModelFamily, configuration: TrainingConfiguration
  ) throws {
    if family == .poisson, let index = values.firstIndex(where: { $0 < 0 }) {
      throw InputError(collection.name, "the number of image \(index) is below 0, and counts are not")
    }
    let split = try Self.split(collection, configuration) { try collection.dataset(numbers: values) }
    self.init(
      collection, split, classes: [], numbers: NumberCoding(fitting: split.train.map { values[$0] }, family: family),
      standardizer: configuration.pixels.standardizer(for: collection.images.gatheringRows(split.train))
    ) { places in .numbers(places.map { values[$0] }) }
  }

  /// Divides images as for the training of a network that decides what becomes of their pixels and numbers.
  ///
  /// - Parameters:
  ///   - collection: The images; an official test part is kept apart.
  ///   - trained: The network.
  ///   - configuration: The share of the validation part.
  /// - Throws: `InputError` where the images do not have the classes or numbers that the network explains.
  init(_ collection: ImageCollection, for trained: TrainedNetwork, configuration: TrainingConfiguration) throws {
    var configuration = configuration
    configuration.pixels = .none
    guard trained.numbers != nil, let values = try collection.numbers(.numbers) else {
      let labels = try collection.labels(classCount: trained.network.outputShape.last)
      try self.init(collection, labels: labels, configuration: configuration, standardizer: trained.standardizer)
      return
    }
    let split = try Self.split(collection, configuration) { try collection.dataset(numbers: values) }
    self.init(collection, split: split, classes: [], for: trained) { places in .numbers(places.map { values[$0] }) }
  }

  /// The images to fit to, those to watch by, which may be none, and an official test part.
  private static func split(
    _ collection: ImageCollection, _ configuration: TrainingConfiguration, dataset: () throws -> Dataset
  ) throws -> Split {
    let test = Array(collection.officialTest ?? 0..<0)
    guard configuration.validation > 0 else {
      return Split(train: Array(0..<(test.first ?? collection.count)), validation: [], test: test)
    }
    let (train, validation) = try Splits.validation(
      of: dataset(), share: configuration.validation,
      from: RandomStream(seed: configuration.seed).split("validation"))
    return Split(train: train, validation: validation, test: test)
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
    self.init(
      collection, split, classes: classes, numbers: trained.numbers, standardizer: trained.standardizer,
      response: response)
  }

  private init(
    _ collection: ImageCollection, _ split: Split, classes: [String], numbers: NumberCoding?,
    standardizer: PixelStandardizer?, response: ([Int]) -> Response
  ) {
    func part(_ places: [Int]) -> Part { Part(collection, places, response(places), standardizer) }
    training = part(split.train)
    validation = split.validation.isEmpty ? nil : part(split.validation)
    test = split.test.isEmpty ? nil : part(split.test)
    (self.classes, self.numbers, self.standardizer) = (classes, numbers, standardizer)
  }

  /// What models of these images explain.
  public var family: ModelFamily { numbers?.family ?? .multinomial }

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
