import Datasets
import Tensors

/// How the repeats of a comparison draw their images, which decides how its intervals are made.
public enum SplitDesign: Sendable, Equatable {
  /// Every repeat draws training, validation and test images anew: intervals by the corrected resampled t test.
  case randomSplits
  /// All repeats share the test part, official or drawn once for a learning curve, and draw the others anew: intervals
  /// by the two-way bootstrap over repeats and test images or groups.
  case fixedTest
  /// Every repeat divides the images into folds anew and tests on each once: intervals by the corrected t test of repeated
  /// cross-validation.
  case folds(Int)

  init(_ dataset: Dataset, isLearningCurve: Bool, folds: Int?) throws {
    guard let folds else {
      self = dataset.officialTest != nil || isLearningCurve ? .fixedTest : .randomSplits
      return
    }
    guard dataset.officialTest == nil else {
      throw InputError(
        "--folds", "\(dataset.name) has an official test part, which cannot be divided into folds",
        remedy: "Leave --folds out: --splits draws the training part anew.")
    }
    self = .folds(folds)
  }

  /// The partitions of all repeats.
  ///
  /// - Parameters:
  ///   - dataset: What is divided.
  ///   - count: The number of repeats; each has as many splits as there are folds.
  ///   - trainSize: The number of training images, or the share of the training part where it is below 1; all when
  ///     `nil`. The validation part shrinks in proportion.
  ///   - fractions: The shares of the parts.
  ///   - stream: Where the chance comes from.
  /// - Returns: One split per repeat, or per fold of each repeat.
  /// - Throws: `InputError` when there are too few images or groups.
  func splits(
    of dataset: Dataset, count: Int, trainSize: Double?, fractions: SplitFractions = .standard, stream: RandomStream
  ) throws -> [Split] {
    var splits = try fullSplits(of: dataset, count: count, fractions, stream: stream)
    guard let trainSize else { return splits }
    for index in splits.indices {
      splits[index] = try Subsample(
        splits[index], to: trainSize, of: dataset, stream: stream.split("size").split(index)
      )
      .split
    }
    return splits
  }

  private func fullSplits(
    of dataset: Dataset, count: Int, _ fractions: SplitFractions, stream: RandomStream
  ) throws -> [Split] {
    if case .folds(let folds) = self {
      return try (0..<count).flatMap { try Splits.folds(folds, of: dataset, fractions, from: stream.split($0)) }
    }
    if self == .randomSplits || dataset.officialTest != nil {
      return try Splits.make(for: dataset, repeats: count, fractions: fractions, from: stream)
    }
    let test = try Splits.make(for: dataset, repeats: 1, fractions: fractions, from: stream.split("test"))[0].test
    let isTest = Set(test)
    let order = (0..<dataset.count).filter { !isTest.contains($0) } + test
    let fixed = try dataset.reordered(order, officialTest: dataset.count - test.count..<dataset.count)
    return try Splits.make(for: fixed, repeats: count, fractions: fractions, from: stream).map { split in
      Split(
        train: split.train.map { order[$0] }, validation: split.validation.map { order[$0] },
        test: split.test.map { order[$0] })
    }
  }

  /// The design in words, for tables.
  func description(of dataset: Dataset) -> String {
    let unit =
      dataset.groups.map { "keeping the groups of \($0.key) together" }
      ?? "stratified by \(dataset.numbers == nil ? "class" : "ranges of the numbers")"
    switch self {
    case .randomSplits:
      return "Each repeat draws training, validation and test images anew, \(unit); "
        + "intervals: corrected resampled t (Nadeau and Bengio)."
    case .folds(let folds):
      return
        "Each repeat divides the images into \(folds) folds anew, \(unit), and tests on each fold once; of the other "
        + "folds a fifth is for validation; intervals: corrected t of repeated cross-validation (Nadeau and Bengio; "
        + "Bouckaert and Frank)."
    case .fixedTest:
      let origin = dataset.officialTest != nil ? "the official test part" : "one test part, drawn once"
      return "All repeats share \(origin), and draw training and validation images from the rest anew, \(unit); "
        + "intervals: two-way bootstrap over repeats and test \(dataset.groups == nil ? "images" : "groups")."
    }
  }
}

/// A split with fewer training images, classes in proportion, and as much less validation.
private struct Subsample {
  let split: Split

  init(_ full: Split, to size: Double, of dataset: Dataset, stream: RandomStream) throws {
    let share = size < 1 ? size : size / Double(full.train.count)
    let classCount = dataset.classes.count
    guard share <= 1, Int((share * Double(full.train.count)).rounded()) >= classCount else {
      throw InputError(
        "--train-sizes",
        "expected a size from \(classCount) (one image per class) to \(full.train.count) for \(dataset.name), got \(size)",
        remedy: "Sizes below 1 are shares of the training part.")
    }
    split = Split(
      train: Self.draw(share, of: full.train, in: dataset, stream: stream.split("train")),
      validation: Self.draw(share, of: full.validation, in: dataset, stream: stream.split("validation")),
      test: full.test)
  }

  /// Images of each class in proportion, at least one, as many in all as the share says.
  private static func draw(_ share: Double, of indices: [Int], in dataset: Dataset, stream: RandomStream) -> [Int] {
    let byClass = Dictionary(grouping: indices) { dataset.labels[$0] }
    let labels = byClass.keys.sorted()
    let total = max(labels.count, Int((share * Double(indices.count)).rounded()))
    let sizes = StratifiedDivision.sizes(
      of: total, shares: labels.map { Double(byClass[$0]!.count) / Double(indices.count) })
    return zip(labels, sizes).flatMap { label, size in
      var own = stream.split(label)
      return byClass[label]!.shuffled(using: &own).prefix(size)
    }
  }
}
