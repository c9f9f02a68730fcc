public import Datasets
public import Tensors

/// Divides data sets into parts to fit to, to choose by and to test on.
///
/// Every repeat divides the images anew, from a random stream that is split off by its number. Without an official test
/// part all three parts are drawn; with one it is the test part of every repeat, and the official training part is
/// divided in the ratio of the other two shares. Classes are kept in proportion; where the data set has groups, whole
/// groups are assigned, and classes are kept in proportion as well as whole groups allow.
public enum Splits {
  /// The splits of all repeats.
  ///
  /// - Parameters:
  ///   - dataset: What is divided.
  ///   - repeats: The number of splits.
  ///   - fractions: The shares of the parts.
  ///   - stream: Where the chance comes from.
  /// - Returns: One split per repeat, all with at least one image of every class in every part that was drawn.
  /// - Throws: `InputError` when a class has too few images, or lies in too few groups, for the parts.
  public static func make(
    for dataset: Dataset, repeats: Int, fractions: SplitFractions = .standard, from stream: RandomStream
  ) throws -> [Split] {
    guard repeats >= 1 else { throw InputError("splits", "expected at least 1, got \(repeats)") }
    return try (0..<repeats).map { try split(dataset, fractions, from: stream.split($0)) }
  }

  private static func split(
    _ dataset: Dataset, _ fractions: SplitFractions, from stream: RandomStream
  ) throws -> Split {
    guard let test = dataset.officialTest else {
      let parts = try divide(dataset, [fractions.train, fractions.validation, fractions.test], from: stream)
      return Split(train: parts[0], validation: parts[1], test: parts[2])
    }
    let sum = fractions.train + fractions.validation
    let parts = try divide(dataset, [fractions.train / sum, fractions.validation / sum], from: stream)
    return Split(train: parts[0], validation: parts[1], test: Array(test))
  }

  private static func divide(
    _ dataset: Dataset, _ shares: [Double], from stream: RandomStream
  ) throws -> [[Int]] {
    let images = Array(dataset.officialTraining)
    if let groups = dataset.groups {
      return try GroupedDivision(dataset, groups: groups, images: images, shares: shares).draw(from: stream)
    }
    return try StratifiedDivision(dataset, images: images, shares: shares).draw(from: stream)
  }

  /// The names of the parts of a division, for errors.
  static func partNames(_ count: Int) -> String {
    count == 3 ? "train, validation and test" : "train and validation"
  }
}
