import Datasets
import Tensors

extension ComparisonConfiguration {
  /// Checks what can be checked without the data.
  ///
  /// - Throws: `InputError` naming the option, what was found and what was expected.
  public func validate() throws {
    try require(!dataset.isEmpty, "dataset", "expected at least one data set")
    try require(!models.isEmpty, "models", "expected at least one model")
    let fewest = folds == nil ? 2 : 1
    try require(
      (fewest...1000).contains(splits), "splits", "expected \(fewest) to 1000 repeats, got \(splits)")
    if let folds { try requireFolds(folds) }
    try requireDistinct(try perturbations().map(\.name), "perturb")
    try require((1...100).contains(trials), "trials", "expected 1 to 100 trials, got \(trials)")
    try require((1...100_000).contains(epochs), "epochs", "expected 1 to 100000 epochs, got \(epochs)")
    try require(epochs >= trials, "epochs", "expected at least as many epochs as trials (\(trials)), got \(epochs)")
    let smallest = 3 * (SyntheticFamilies.all.map { type(of: $0).classes.count }.max() ?? 0)
    try require(
      (smallest...10_000_000).contains(count), "count", "expected \(smallest) to 10000000 images, got \(count)")
    for size in trainSizes {
      try require(size > 0 && size.isFinite, "train-sizes", "expected counts or fractions above 0, got \(size)")
    }
    if let testFraction {
      try require(
        testFraction > 0 && testFraction < 1, "test-fraction",
        "expected a share above 0 and below 1, got \(testFraction)")
    }
    try require((match == nil) == (budget == nil), "match", "--match and --budget are given together, or neither")
    if let budget { try require(budget >= 1, "budget", "expected a size of at least 1, got \(budget)") }
    try requireDistinct(models.map(ContenderCatalog.fullName), "models")
    try requireDistinct(dataset, "dataset")
    try requireDistinct(trainSizes.map { "\($0)" }, "train-sizes")
  }

  private func requireFolds(_ folds: Int) throws {
    try require((2...1000).contains(folds), "folds", "expected 2 to 1000 folds, got \(folds)")
    try require(
      trainSizes.isEmpty && testFraction == nil, "folds", "goes neither with --train-sizes nor with --test-fraction")
  }

  private func require(_ condition: Bool, _ option: String, _ problem: String) throws {
    if !condition { throw InputError("--\(option)", problem) }
  }

  private func requireDistinct(_ values: [String], _ option: String) throws {
    let repeated = Dictionary(grouping: values) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    try require(repeated.isEmpty, option, "'\(repeated.joined(separator: "', '"))' is named more than once")
  }
}
