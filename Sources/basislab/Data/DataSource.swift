import ArgumentParser
import Datasets

/// The name of a data set, a built-in family or a file, with its options.
struct DataSource: ParsableArguments {
  @Argument(help: ArgumentHelp("A built-in family, or an NPZ file with images and labels.", valueName: "name|file.npz"))
  var dataset: String

  @OptionGroup var options: DataOptions

  /// The seed that decides everything random.
  var seed: UInt64 { options.seed }

  func validate() throws { try options.check(dataset) }

  /// The images with pixels as they are in the file, for a network.
  func loadImages() throws -> ImageCollection { try options.loadImages(dataset) }

  /// The data set with 8-bit images scaled to 0…1.
  func load() throws -> Dataset { try options.load(dataset) }
}
