import Datasets
import Tensors

/// The images of a data set that a model is fitted to, and those that it is tested on.
public struct FitImages: Sendable {
  /// The data set.
  public let dataset: Dataset
  /// The images to fit to.
  public let train: [Int]
  /// The images to test on; empty where nothing is held out.
  public let test: [Int]

  /// Divides a data set.
  ///
  /// - Parameters:
  ///   - dataset: The images.
  ///   - testFraction: The share to test on where there is no official test part; nothing when left out.
  ///   - stream: Where the chance comes from.
  /// - Throws: `InputError` for a share beside an official test part, or too few images or groups of a class.
  public init(_ dataset: Dataset, testFraction: Double? = nil, from stream: RandomStream) throws {
    self.dataset = dataset
    if dataset.officialTest != nil && testFraction != nil {
      throw InputError(dataset.name, "has an official test part, which --test-fraction would overrule")
    }
    guard dataset.officialTest != nil || testFraction != nil else {
      (train, test) = (Array(0..<dataset.count), [])
      return
    }
    (train, test) = try Splits.holdOut(of: dataset, testFraction: testFraction ?? 0.5, from: stream)
  }

  /// Some images, `[N, C, H, W]`.
  public func images(_ indices: [Int]) -> Tensor<Float> {
    dataset.images.reshaped([dataset.count, dataset.channels, dataset.height, dataset.width]).gatheringRows(indices)
  }

  /// The classes of some images.
  public func labels(_ indices: [Int]) -> [Int] { indices.map { dataset.labels[$0] } }

  /// The groups of some images, where there are any.
  func groups(_ indices: [Int]) -> [Int]? { dataset.groups.map { groups in indices.map { groups.identifiers[$0] } } }

  /// Fits what training images decide about features.
  ///
  /// - Parameters:
  ///   - request: The features.
  ///   - random: Where the chance of random atoms and filters comes from.
  /// - Returns: The features.
  /// - Throws: `InputError` for what the map cannot do with these images.
  public func features(_ request: FeatureRequest, random: RandomStream) throws -> ImageFeatures {
    try request.fitted(
      to: images(train), labels: labels(train), classCount: dataset.classes.count, random: random.split("random basis"))
  }
}
