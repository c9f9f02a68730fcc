import ArgumentParser
import Datasets
import Tensors

/// The options that belong to a data set, wherever its name stands.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The key of the NPZ file whose equal values are never divided between training and test.",
      valueName: "key[:column]"))
  var groups: String?

  @Option(help: "Images of a built-in family.")
  var count = SyntheticFamilies.defaultCount

  @Option(help: "The seed that decides everything random.")
  var seed: UInt64 = 1

  /// Fails with an error of wrong usage unless a data set can have this name and these options.
  func check(_ dataset: String) throws {
    let reference = try Usage.check { try DatasetReference(parsing: dataset) }
    _ = try Usage.check { try selection }
    if case .synthetic(let family) = reference {
      try Usage.require(count, in: type(of: family).countRange, "--count", "images")
    }
  }

  private var selection: GroupSelection? {
    get throws { try groups.map { try GroupSelection(parsing: $0) } }
  }

  /// The images with pixels as they are in the file, for a network.
  func loadImages(_ dataset: String) throws -> ImageCollection {
    try DatasetReference(parsing: dataset).loadImages(
      count: count, groups: selection, from: RandomStream(seed: seed))
  }

  /// The data set with 8-bit images scaled to 0…1.
  func load(_ dataset: String) throws -> Dataset {
    try DatasetReference(parsing: dataset).load(
      count: count, groups: selection, pixels: .unitRange, from: RandomStream(seed: seed))
  }
}
