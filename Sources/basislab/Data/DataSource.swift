import ArgumentParser
import Datasets
import Tensors

/// The options that name a data set: a built-in family or a file.
struct DataSource: ParsableArguments {
  @Argument(help: ArgumentHelp("A built-in family, or an NPZ file with images and labels.", valueName: "name|file.npz"))
  var dataset: String

  @Option(
    help: ArgumentHelp(
      "The key of the NPZ file whose equal values are never divided between training and test.",
      valueName: "key[:column]"))
  var groups: String?

  @Option(help: "Images of a built-in family.")
  var count = SyntheticFamilies.defaultCount

  @Option(help: "The seed that decides everything random.")
  var seed: UInt64 = 1

  func validate() throws {
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
  func loadImages() throws -> ImageCollection {
    try DatasetReference(parsing: dataset).loadImages(
      count: count, groups: selection, from: RandomStream(seed: seed))
  }

  func load() throws -> Dataset {
    try DatasetReference(parsing: dataset).load(
      count: count, groups: selection, pixels: .unitRange, from: RandomStream(seed: seed))
  }
}
