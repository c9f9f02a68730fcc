import ArgumentParser
import Datasets
import Foundation
import Tensors

/// `basislab data make`: a file of synthetic images.
struct DataMake: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "make", abstract: "Make an NPZ file of images of a built-in family.",
    discussion: """
      The file holds X (float32, in units of the mean dose), y (int64) and classes. 'basislab data list' shows the
      families and the parameters that --set takes.
      """)

  @Argument(help: "The family: \(SyntheticFamilies.names.joined(separator: ", ")).")
  var family: String

  @Option(help: "Images, of all classes together.")
  var count = SyntheticFamilies.defaultCount

  @Option(help: "Rows and columns of an image.")
  var size = 16

  @Option(help: "Mean number of electrons or photons in a pixel.")
  var dose = ImageFormation().dose

  @Option(help: "Standard deviation of the Gaussian point-spread function in pixels.")
  var psf = ImageFormation().psf

  @Option(help: "Root mean square of the read-out noise in electrons.")
  var readNoise = ImageFormation().readNoise

  @Option(parsing: .upToNextOption, help: ArgumentHelp("Parameters of the family.", valueName: "name=value"))
  var set: [String] = []

  @Option(help: "The seed that decides everything random.")
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("The file to write.", valueName: "file.npz"))
  var output: String

  @OptionGroup var common: CommonOptions

  func validate() throws {
    let family = try Usage.check { try configuredFamily }
    _ = try Usage.check { try formation }
    try Usage.require(count, in: type(of: family).countRange, "--count", "images")
    try Usage.require(size, in: type(of: family).sizeRange, "--size", "pixels")
    _ = try Usage.check { try Ending(of: output, among: [.npz], for: "--output") }
  }

  func execute() throws {
    let dataset = try configuredFamily.makeDataset(
      count: count, size: size, formation: formation, from: RandomStream(seed: seed))
    try dataset.write(npz: URL(fileURLWithPath: output))
    if !common.quiet { Console.note("\(output): \(count) images of \(size)×\(size), checksum \(dataset.checksum)") }
  }

  private var configuredFamily: any SyntheticFamily {
    get throws {
      var result = try SyntheticFamilies.named(family)
      for setting in set {
        let parts = setting.split(separator: "=", omittingEmptySubsequences: false)
        guard parts.count == 2, let value = Double(parts[1]) else {
          throw InputError("--set", "expected NAME=VALUE with a number, got '\(setting)'")
        }
        try result.set(String(parts[0]), to: value)
      }
      return result
    }
  }

  private var formation: ImageFormation {
    get throws {
      var result = ImageFormation()
      for (name, value) in [("dose", dose), ("psf", psf), ("read-noise", readNoise)] {
        try result.set(name, to: value)
      }
      return result
    }
  }
}
