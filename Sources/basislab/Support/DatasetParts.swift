import ArgumentParser
import Datasets
import Experiments
import Tensors

/// A data set and the division into images to fit to and images to test on, as `features` and `fit` take them.
struct DatasetParts: ParsableArguments {
  @OptionGroup var source: DataSource

  @Option(
    help: ArgumentHelp(
      "Without an official test part: the share of the images to test on, drawn by the seed, with groups kept together.",
      valueName: "share"))
  var testFraction: Double?

  func validate() throws {
    if let testFraction, !(testFraction > 0 && testFraction < 1) {
      throw ValidationError("--test-fraction: expected a share above 0 and below 1, got \(testFraction)")
    }
  }

  /// Where all chance comes from.
  var random: RandomStream { RandomStream(seed: source.seed) }

  /// Reads or makes the data set and divides it; without a test part all images are for fitting.
  func load() throws -> DividedDataset {
    let dataset = try source.load()
    guard dataset.officialTest != nil || testFraction != nil else {
      return DividedDataset(dataset: dataset, train: Array(0..<dataset.count), test: [])
    }
    if dataset.officialTest != nil && testFraction != nil {
      throw InputError(dataset.name, "has an official test part, which --test-fraction would overrule")
    }
    let (train, test) = try Splits.holdOut(
      of: dataset, testFraction: testFraction ?? 0.5, from: random.split("hold-out"))
    return DividedDataset(dataset: dataset, train: train, test: test)
  }
}

/// A data set with the images to fit to and those to test on.
struct DividedDataset {
  let dataset: Dataset
  let train: [Int]
  /// Empty where nothing is held out.
  let test: [Int]

  /// Some images, `[N, C, H, W]`.
  func images(_ indices: [Int]) -> Tensor<Float> {
    dataset.images.reshaped([dataset.count, dataset.channels, dataset.height, dataset.width]).gatheringRows(indices)
  }

  /// The classes of some images.
  func labels(_ indices: [Int]) -> [Int] { indices.map { dataset.labels[$0] } }

  /// Fits what training images decide about features.
  func features(_ request: FeatureRequest, random: RandomStream) throws -> ImageFeatures {
    try request.fitted(
      to: images(train), labels: labels(train), classCount: dataset.classes.count, random: random.split("random basis"))
  }
}
