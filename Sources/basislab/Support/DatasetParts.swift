import ArgumentParser
import Datasets
import Experiments
import Tensors

/// A data set and the division into images to fit to and images to test on, as `features` and `fit` take them.
struct DatasetParts: ParsableArguments {
  @OptionGroup var source: DataSource

  @Option(
    help: ArgumentHelp(
      "Without an official test part: the share of the images to test on, drawn by the seed, with groups kept together.",
      valueName: "share"))
  var testFraction: Double?

  func validate() throws { try Self.check(testFraction: testFraction) }

  /// Fails with an error of wrong usage unless it is a share.
  static func check(testFraction: Double?) throws {
    if let testFraction, !(testFraction > 0 && testFraction < 1) {
      throw ValidationError("--test-fraction: expected a share above 0 and below 1, got \(testFraction)")
    }
  }

  /// Where all chance comes from.
  var random: RandomStream { RandomStream(seed: source.seed) }

  /// Reads or makes the data set and divides it; without a test part all images are for fitting.
  func load() throws -> FitImages {
    try FitImages(source.load(), testFraction: testFraction, from: random.split("hold-out"))
  }
}
