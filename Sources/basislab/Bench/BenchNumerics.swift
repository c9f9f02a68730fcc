import ArgumentParser
import Spectral
import Tensors
import Workloads

/// `basislab bench convolve`: one image with one kernel.
struct BenchConvolve: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "convolve", abstract: "A square image with a square kernel, mode same, in one call.")

  @Option(help: "The rows and columns of the image.")
  var size = 512

  @Option(help: "The rows and columns of the kernel.")
  var kernel = 31

  @OptionGroup var bench: BenchOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    try Usage.require(size, in: 1...16384, "--size", "pixels")
    try Usage.require(kernel, in: 1...16384, "--kernel", "pixels")
  }

  func execute() throws { try bench.measure(Workloads.Convolve(size: size, kernel: kernel)) }
}

/// `basislab bench fit`: one regression.
struct BenchFit: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "Multinomial regression with ridge on Gaussian classes, to convergence.")

  @Option(help: "The number of images.")
  var rows = 7291

  @Option(help: "The number of features.")
  var columns = 256

  @Option(help: "The number of classes.")
  var classes = 10

  @OptionGroup var bench: BenchOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    try Usage.require(rows, in: 2...10_000_000, "--rows", "images")
    try Usage.require(columns, in: 1...100_000, "--columns", "features")
    try Usage.require(classes, in: 2...min(rows, 1000), "--classes", "classes")
  }

  func execute() throws { try bench.measure(Workloads.Fit(rows: rows, columns: columns, classes: classes)) }
}

/// `basislab bench transform`: the coefficients of images.
struct BenchTransform: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "transform", abstract: "All coefficients of random images on an orthonormal basis; items are images.")

  @Option(help: "The basis.")
  var basis = "haar"

  @Option(help: "The rows and columns of an image.")
  var size = 16

  @Option(help: "The number of images.")
  var count = 7291

  @OptionGroup var bench: BenchOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    try Usage.require(size, in: 1...512, "--size", "pixels")
    try Usage.require(count, in: 1...1_000_000, "--count", "images")
    _ = try Usage.check { try orthonormalBasis }
  }

  func execute() throws { try bench.measure(Workloads.Transform(basis: try orthonormalBasis, count: count)) }

  private var orthonormalBasis: any OrthonormalBasis {
    get throws {
      let found = try BasisCatalog.basis(named: basis, height: size, width: size, random: RandomStream(seed: 1))
      guard let found = found as? any OrthonormalBasis else {
        throw InputError("--basis", "expected an orthonormal basis, got '\(basis)'")
      }
      return found
    }
  }
}
