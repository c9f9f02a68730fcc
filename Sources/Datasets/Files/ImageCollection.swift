public import Foundation
public import Tensors

/// Images that a network is trained on or applied to, their pixels as they are in the file.
///
/// Unlike those of a ``Dataset`` they may be without labels, and classes may be without an image: a single batch will do.
public struct ImageCollection: Sendable {
  private enum LabelSource: Sendable {
    case file(DatasetReader)
    case dataset(Dataset)
  }

  /// A short name, such as `usps_16x16`.
  public let name: String
  /// The images, `[N, C, H, W]`.
  public let images: Tensor<Float>
  /// Which images belong together.
  public let groups: ImageGroups?
  /// The images of the official test part, which are the last ones; `nil` where there is no official split.
  public let officialTest: Range<Int>?

  private let place: String
  private let labelSource: LabelSource

  /// Reads the images of an NPZ file that ``Dataset/init(npz:groups:pixels:)`` would read, or that has no labels.
  ///
  /// - Parameters:
  ///   - url: The file.
  ///   - groups: The array that says what belongs together.
  /// - Throws: `InputError` naming the file and the array where something is missing or unfit.
  public init(npz url: URL, groups: GroupSelection? = nil) throws {
    let reader = try DatasetReader(url, needsLabels: false)
    let (images, _, officialTest) = try reader.images(.asStored)
    guard images.count > 0 else {
      throw InputError(url.path, "expected at least one pixel, found shape \(images.shape)")
    }
    try images.requireFinitePixels(url.path)
    name = url.deletingPathExtension().lastPathComponent
    self.images = Self.withChannels(images)
    self.groups = try reader.groups(groups, count: images.shape[0])
    self.officialTest = officialTest
    place = url.path
    labelSource = .file(reader)
  }

  /// Takes the images of a data set.
  public init(_ dataset: Dataset) {
    name = dataset.name
    images = Self.withChannels(dataset.images)
    groups = dataset.groups
    officialTest = dataset.officialTest
    place = dataset.origin ?? dataset.name
    labelSource = .dataset(dataset)
  }

  /// The number of images N.
  public var count: Int { images.shape[0] }

  /// The shape of one image, `[C, H, W]`.
  public var imageShape: [Int] { Array(images.shape.dropFirst()) }

  /// Whether every image has a label.
  public var hasLabels: Bool {
    switch labelSource {
    case .file(let reader): reader.hasLabels
    case .dataset: true
    }
  }

  /// The classes of the images.
  ///
  /// - Parameter classCount: The number of classes, of which not all need have an image; when left out, those that occur,
  ///   or that the file names.
  /// - Returns: The labels.
  /// - Throws: `InputError` where they are missing or unfit, or of other classes than there are.
  public func labels(classCount: Int? = nil) throws -> ClassLabels {
    let (labels, classes): ([Int], [String])
    switch labelSource {
    case .file(let reader): (labels, classes) = try reader.labels(classCount: classCount)
    case .dataset(let dataset): (labels, classes) = (dataset.labels, dataset.classes)
    }
    if let classCount, classes.count != classCount {
      throw InputError(
        place, "expected labels of \(classCount) classes, found \(Dataset.list(classes))",
        remedy: "The number of classes is that of the network's outputs; give data and network the same.")
    }
    guard labels.count == count else {
      throw InputError(place, "expected one label per image, found \(count) images and \(labels.count) labels")
    }
    return ClassLabels(labels: labels, classes: classes)
  }

  /// The number of each image.
  ///
  /// - Parameter reading: What labels are taken for.
  /// - Returns: The numbers; `nil` where labels are taken for classes, or may be missing and are.
  /// - Throws: `InputError` where numbers are missing, not one for each image, or not finite.
  public func numbers(_ reading: LabelReading = .automatic) throws -> [Double]? {
    guard hasLabels || reading == .numbers else { return nil }
    let numbers: [Double]?
    switch labelSource {
    case .file(let reader): numbers = try reader.numbers(reading)
    case .dataset(let dataset): numbers = dataset.numbers
    }
    guard let numbers else {
      guard reading == .numbers else { return nil }
      throw InputError(place, "its images have classes, expected a number for each")
    }
    guard numbers.count == count else {
      throw InputError(place, "expected one number per image, found \(count) images and \(numbers.count) numbers")
    }
    if let index = numbers.firstIndex(where: { !$0.isFinite }) {
      throw InputError(place, "the number of image \(index) is \(numbers[index]), expected a finite one")
    }
    return numbers
  }

  /// The images as a data set with numbers.
  ///
  /// - Parameter numbers: Their numbers.
  /// - Returns: The data set, of which the classes are ranges of the numbers.
  /// - Throws: `InputError` where all numbers are the same, or a group lies on both sides of the official split.
  public func dataset(numbers: [Double]) throws -> Dataset {
    let ranges = NumberRanges(numbers, officialTest: officialTest, isGrouped: groups != nil)
    return try Dataset(
      name: name, images: images, labels: ranges.labels, classes: ranges.names, numbers: numbers, groups: groups,
      officialTest: officialTest, origin: place)
  }

  /// The images as a data set, which every class has images in.
  ///
  /// - Parameter labels: Their labels.
  /// - Returns: The data set.
  /// - Throws: `InputError` where a class has no image, or a group lies on both sides of the official split.
  public func dataset(labels: ClassLabels) throws -> Dataset {
    try Dataset(
      name: name, images: images, labels: labels.labels, classes: labels.classes, groups: groups,
      officialTest: officialTest, origin: place)
  }

  private static func withChannels(_ images: Tensor<Float>) -> Tensor<Float> {
    images.rank == 4 ? images : images.reshaped([images.shape[0], 1, images.shape[1], images.shape[2]])
  }
}

/// The class of each image of a collection.
public struct ClassLabels: Equatable, Sendable {
  /// The class of each image, `0..<classes.count`.
  public let labels: [Int]
  /// The names of the classes.
  public let classes: [String]

  package init(labels: [Int], classes: [String]) {
    self.labels = labels
    self.classes = classes
  }
}
