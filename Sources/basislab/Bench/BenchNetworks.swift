import ArgumentParser
import NeuralNetworks
import Tensors
import Workloads

/// The network of a measurement and the images of a batch.
struct BenchNetwork: ParsableArguments {
  @Option(help: "The network, on 16×16 images of 10 classes.")
  var network = Architecture.small

  @Option(help: "The images of a batch.")
  var batch = 128

  func validate() throws { try Usage.require(batch, in: 2...4096, "--batch", "images") }
}

extension Architecture: ExpressibleByArgument {
  /// The network that was typed, also by another name of it.
  public init?(argument: String) {
    guard let found = try? Architecture(named: argument) else { return nil }
    self = found
  }
}

/// `basislab bench train`: epochs with Adam.
struct BenchTrain: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Epochs of 4096 random images with Adam; items are images.")

  @OptionGroup var network: BenchNetwork
  @OptionGroup var bench: BenchOptions
  @OptionGroup var common: CommonOptions

  func execute() throws {
    try bench.measure(Workloads.Train(architecture: network.network, batchSize: network.batch))
  }
}

/// `basislab bench predict`: a network applied to images.
struct BenchPredict: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "A network applied to 4096 random images; items are images.")

  @OptionGroup var network: BenchNetwork
  @OptionGroup var bench: BenchOptions
  @OptionGroup var common: CommonOptions

  func execute() throws {
    try bench.measure(Workloads.Predict(architecture: network.network, batchSize: network.batch))
  }
}
