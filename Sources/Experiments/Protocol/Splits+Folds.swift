import Datasets
import Tensors

extension Splits {
  /// The splits of one division into folds, each of which is the test part once.
  ///
  /// Images of each class are dealt to the folds in turn, in random order, so that folds differ by one image of a class at
  /// most; whole groups are assigned with the classes in proportion. The other folds are divided into training and
  /// validation in the ratio of their shares.
  ///
  /// - Parameters:
  ///   - folds: k ≥ 2.
  ///   - dataset: What is divided; it has no official test part.
  ///   - fractions: The shares of the parts.
  ///   - stream: Where the chance comes from.
  /// - Returns: k splits.
  /// - Throws: `InputError` when a class has too few images, or lies in too few groups.
  package static func folds(
    _ folds: Int, of dataset: Dataset, _ fractions: SplitFractions = .standard, from stream: RandomStream
  ) throws -> [Split] {
    let parts = (0..<folds).map { DivisionPart("fold \($0 + 1)", 1 / Double(folds)) }
    let tests = try divide(dataset, Array(0..<dataset.count), parts, from: stream.split("folds"), evenly: true)
    let sum = fractions.train + fractions.validation
    let rest = [
      DivisionPart("train", fractions.train / sum), DivisionPart("validation", fractions.validation / sum),
    ]
    return try tests.indices.map { number in
      let others = tests.indices.flatMap { $0 == number ? [] : tests[$0] }.sorted()
      let drawn = try divide(dataset, others, rest, from: stream.split(number))
      return Split(train: drawn[0], validation: drawn[1], test: tests[number])
    }
  }
}

extension StratifiedDivision {
  /// Deals the images of each class to the parts in turn, going on with the next class where the last one ended.
  func deal(from stream: RandomStream) -> [[Int]] {
    var parts = [[Int]](repeating: [], count: shares.count)
    var next = 0
    for (label, members) in images.enumerated() {
      var own = stream.split(label)
      for image in members.shuffled(using: &own) {
        parts[next].append(image)
        next = (next + 1) % parts.count
      }
    }
    return parts
  }
}
