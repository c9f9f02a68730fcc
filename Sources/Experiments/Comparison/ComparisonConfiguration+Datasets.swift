import Datasets
import Tensors

extension ComparisonConfiguration {
  /// Makes or reads the data sets, in order.
  ///
  /// - Returns: The data sets; 8-bit images are divided by 255.
  /// - Throws: `InputError` for an unknown family, or a file that is missing or no sound data set.
  public func loadDatasets() throws -> [Dataset] {
    let selection = try groups.map(GroupSelection.init(parsing:))
    let datasets = try dataset.map { name in
      try DatasetReference(parsing: name).load(
        count: count, groups: selection, pixels: .unitRange,
        labels: family.map { $0.explainsNumbers ? .numbers : .classes } ?? .automatic, from: RandomStream(seed: seed))
    }
    let names = datasets.map(\.name)
    if let repeated = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw InputError("--dataset", "two data sets are called '\(repeated)'", remedy: "Rename one of the files.")
    }
    return datasets
  }

  /// What models of a data set explain.
  ///
  /// - Throws: `InputError` for counts below 0.
  func family(of dataset: Dataset) throws -> ModelFamily {
    let family = family ?? (dataset.numbers == nil ? .multinomial : .gaussian)
    if family == .poisson, let index = dataset.numbers?.firstIndex(where: { $0 < 0 }) {
      throw InputError(
        dataset.origin ?? dataset.name, "the number of image \(index) is below 0, and counts are not",
        remedy: "Take --family gaussian.")
    }
    return family
  }

  /// The images of one of the data sets, with pixels as they are in its file.
  ///
  /// - Parameter name: The name of the data set.
  /// - Returns: The images, in the order of the data set.
  /// - Throws: `InputError` for a file that is missing or no sound data set.
  func loadImages(named name: String) throws -> ImageCollection {
    let selection = try groups.map(GroupSelection.init(parsing:))
    for reference in try dataset.map(DatasetReference.init(parsing:)) where reference.name == name {
      return try reference.loadImages(count: count, groups: selection, from: RandomStream(seed: seed))
    }
    preconditionFailure("expected one of \(dataset), got \(name)")
  }
}
