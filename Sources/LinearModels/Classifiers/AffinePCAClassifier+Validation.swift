public import Tensors

extension AffinePCAClassifier {
  /// The fraction of held-out rows that each dimension classifies wrongly.
  ///
  /// - Parameters:
  ///   - features: `[N, D]`.
  ///   - labels: The class of each row.
  ///   - classCount: K ≥ 2.
  ///   - dimension: The largest d.
  ///   - folds: The fold of each row; keep together what is not independent.
  /// - Returns: The fractions for d = 0, 1, … up to the largest; take the smallest d of the best.
  /// - Throws: `InputError` for folds of another number of rows, a fold that holds all rows of a class, and what a fit
  ///   throws.
  public static func crossValidatedErrorRates(
    _ features: Tensor<Double>, labels: [Int], classCount: Int, dimension: Int, folds: Folds
  ) throws -> [Double] {
    guard folds.assignments.count == labels.count else {
      throw InputError(
        "folds", "\(folds.assignments.count) rows, expected \(labels.count)", remedy: "Give one per row.")
    }
    try folds.checkClasses(labels)
    var sums = [Double](repeating: 0, count: dimension + 1)
    for fold in 0..<folds.count {
      let (training, heldOut) = (folds.training(fold), folds.heldOut(fold))
      let classifier = try AffinePCAClassifier(
        fitting: features.gatheringRows(training), labels: training.map { labels[$0] }, classCount: classCount,
        dimension: dimension)
      let rates = classifier.errorRates(features.gatheringRows(heldOut), labels: heldOut.map { labels[$0] })
      for place in sums.indices { sums[place] += rates[place] * Double(heldOut.count) }
    }
    return sums.map { $0 / Double(labels.count) }
  }
}
