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

  /// One division into images to fit to and images to test on.
  ///
  /// - Parameters:
  ///   - dataset: What is divided.
  ///   - testFraction: The share to test on, above 0 and below 1; not used where there is an official test part.
  ///   - stream: Where the chance comes from.
  /// - Returns: The images of both parts, ascending: the official ones, or else drawn with the classes in proportion and
  ///   groups kept together.
  /// - Throws: `InputError` when a class has too few images, or lies in too few groups, for two parts.
  public static func holdOut(
    of dataset: Dataset, testFraction: Double, from stream: RandomStream
  ) throws -> (train: [Int], test: [Int]) {
    if let test = dataset.officialTest { return (Array(dataset.officialTraining), Array(test)) }
    guard testFraction > 0 && testFraction < 1 else {
      throw InputError("--test-fraction", "expected a share above 0 and below 1, got \(testFraction)")
    }
    let parts = [DivisionPart("train", 1 - testFraction), DivisionPart("test", testFraction)]
    let drawn = try divide(dataset, parts, from: stream)
    return (drawn[0].sorted(), drawn[1].sorted())
  }

  private static func split(
    _ dataset: Dataset, _ fractions: SplitFractions, from stream: RandomStream
  ) throws -> Split {
    guard let test = dataset.officialTest else {
      let parts = try divide(
        dataset,
        [
          DivisionPart("train", fractions.train), DivisionPart("validation", fractions.validation),
          DivisionPart("test", fractions.test),
        ], from: stream)
      return Split(train: parts[0], validation: parts[1], test: parts[2])
    }
    let sum = fractions.train + fractions.validation
    let parts = try divide(
      dataset,
      [DivisionPart("train", fractions.train / sum), DivisionPart("validation", fractions.validation / sum)],
      from: stream)
    return Split(train: parts[0], validation: parts[1], test: Array(test))
  }

  static func divide(
    _ dataset: Dataset, _ parts: [DivisionPart], from stream: RandomStream
  ) throws -> [[Int]] {
    try divide(dataset, Array(dataset.officialTraining), parts, from: stream)
  }

  /// Divides some images of a data set; evenly, where all parts have the same share.
  static func divide(
    _ dataset: Dataset, _ images: [Int], _ parts: [DivisionPart], from stream: RandomStream, evenly: Bool = false
  ) throws -> [[Int]] {
    if let groups = dataset.groups {
      return try GroupedDivision(dataset, groups: groups, images: images, parts: parts).draw(from: stream)
    }
    let division = try StratifiedDivision(dataset, images: images, parts: parts)
    return evenly ? division.deal(from: stream) : division.draw(from: stream)
  }
}

/// A part that images are divided into.
struct DivisionPart {
  let name: String
  /// The share of the images that it gets; the shares of all parts sum to 1.
  let share: Double

  init(_ name: String, _ share: Double) {
    self.name = name
    self.share = share
  }
}

extension [DivisionPart] {
  /// `train, validation and test`, or `fold 1 to fold 30`, for errors.
  var names: String {
    guard count <= 3 else { return "\(self[0].name) to \(self[count - 1].name)" }
    return dropLast().map(\.name).joined(separator: ", ") + " and " + self[count - 1].name
  }
}
