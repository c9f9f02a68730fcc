import ArgumentParser
import Experiments
import NeuralNetworks
import Tensors

/// `basislab summary`: what a network consists of.
struct Summary: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a network layer by layer: shapes, parameters, links, operations, receptive fields.",
    discussion: """
      Networks: \(Architecture.allCases.map(\.rawValue).joined(separator: ", ")), or a YAML file. Parameters are trained \
      numbers, links the uses of trained weights and biases for one image, operations the multiply-adds of one prediction: by \
      the method really used, by direct convolution, and in the Fourier domain. The receptive field of output i is the pixels \
      from start + i·jump to start + i·jump + size − 1; a start below 0 is padding.
      """)

  @Argument(help: ArgumentHelp("The network.", valueName: "name|file.yaml"))
  var network: String

  @Option(help: ArgumentHelp("The shape of one image: 1x16x16, or 16x16 for one channel.", valueName: "CxHxW"))
  var input = InputShape.standard

  @Option(help: "The number of classes.")
  var classes = 10

  @Flag(help: "One JSON document on standard output.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    try Usage.require(classes, in: 2...1_000_000, "--classes", "classes")
  }

  func execute() throws {
    let network = try NetworkReference(parsing: network).network(
      inputShape: input.sizes, classCount: classes, from: RandomStream(seed: 1))
    let summary = NetworkSummary(network)
    if json { return try Console.resultJSON(summary) }
    try SummaryTable.lines(summary).forEach(Console.result)
  }
}
