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
  var input = "1x16x16"

  @Option(help: "The number of classes.")
  var classes = 10

  @Flag(help: "One JSON document on standard output.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    _ = try Usage.check { try inputShape }
    try Usage.require(classes, in: 2...1_000_000, "--classes", "classes")
  }

  func execute() throws {
    let network = try NetworkReference(parsing: network).network(
      inputShape: inputShape, classCount: classes, from: RandomStream(seed: 1))
    let summary = NetworkSummary(network)
    if json { return try Console.resultJSON(summary) }
    try SummaryTable.lines(summary).forEach(Console.result)
  }

  private var inputShape: [Int] {
    get throws {
      let sides = input.lowercased().split(omittingEmptySubsequences: false) { "x×".contains($0) }
      let sizes = sides.compactMap { Int($0) }
      guard sizes.count == sides.count, (2...3).contains(sizes.count), sizes.allSatisfy({ (1...4096).contains($0) })
      else {
        throw InputError("--input", "expected a shape such as 1x16x16 with sizes of 1 to 4096, got '\(input)'")
      }
      return sizes.count == 2 ? [1] + sizes : sizes
    }
  }
}
