import ArgumentParser
import Experiments
import Figures
import Foundation
import Spectral
import Tensors

/// `basislab project`: where learned filters have their energy.
struct Project: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Show where learned filters have their energy, in the bands of fixed bases, beside first weights.",
    discussion: """
      Takes the weights of a network (.safetensors, with --network), or a run of 'compare', whose first-layer filters it \
      shows. The energy of each filter is divided among the bands of an orthonormal basis: octaves and directions of Fourier, \
      scales of Haar, degrees of polynomials. Beside it stands what filters have that are drawn as the network draws its first \
      weights, many times: mean, 95 % interval, and how many single filters lie beyond the middle 95 % of single first filters. \
      --json has the shares of every filter.
      """)

  @Argument(help: ArgumentHelp("A weights file, or a run.", valueName: "weights.safetensors|run"))
  var subject: String

  @Option(help: ArgumentHelp("The network of a weights file: a name, or a YAML file.", valueName: "name|file.yaml"))
  var network: String?

  @Option(help: ArgumentHelp("The shape of one image, for a weights file.", valueName: "CxHxW"))
  var input = InputShape.standard

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Layers of a weights file (default: all that have filters).", valueName: "key"))
  var layer: [CommaList<String>] = []

  @Option(parsing: .upToNextOption, help: ArgumentHelp("Orthonormal bases.", valueName: "basis"))
  var basis = [CommaList(["fourier", "haar", "polynomial"])]

  @Option(help: "How often first weights are drawn.")
  var draws = 200

  @Option(help: "The seed of the first weights.")
  var seed: UInt64 = 1

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("A picture of the shares, of one layer or model.", valueName: "file.svg|.png"))
  var output: String?

  @Flag(help: "One JSON document on standard output.")
  var json = false

  @OptionGroup var store: StoreOptions

  @OptionGroup var common: CommonOptions

  func validate() throws {
    try Usage.require(draws, in: 20...100_000, "--draws", "draws")
    if let output { _ = try Usage.check { try Ending(of: output, among: [.svg, .png], for: "--output") } }
    guard isFile == (network != nil) else {
      throw ValidationError(
        isFile
          ? "expected --network with a weights file" : "--network goes with a weights file, which ends in .safetensors")
    }
    guard isFile || layer.isEmpty else { throw ValidationError("--layer goes with a weights file") }
  }

  private var isFile: Bool { subject.hasSuffix(".safetensors") }

  func execute() throws {
    let documents = try filters().map { subject in
      Document(
        data: subject.data, model: subject.model,
        projections: try basis.values().map { name in
          try FilterProjection(
            subject.filters, of: subject.layer, basis: name, draws: draws, from: RandomStream(seed: seed))
        })
    }
    if let output { try draw(documents, to: output) }
    if json { return try Console.resultJSON(documents) }
    for (place, document) in documents.enumerated() {
      if place > 0 { try Console.result("") }
      try document.lines.forEach(Console.result)
    }
  }

  private struct Subject {
    let data: String?
    let model: String
    let layer: FilterLayer
    let filters: Tensor<Double>
  }

  private func filters() throws -> [Subject] {
    if let network {
      let trained = try TrainedNetwork(
        NetworkReference(parsing: network), weights: URL(fileURLWithPath: subject), inputShape: input.sizes)
      return try trained.network.filterLayers(layer.values()).map {
        Subject(data: nil, model: NetworkReference.shortName(network), layer: $0, filters: $0.filters(trained.weights))
      }
    }
    let found = try RunFilters.all(of: store.open().run(named: subject), in: URL(fileURLWithPath: store.runs))
    guard !found.isEmpty else {
      throw InputError("run '\(subject)'", "no finished table has a network with filters that are images")
    }
    return found.map { Subject(data: $0.label, model: $0.model, layer: $0.layer, filters: $0.filters) }
  }

  private func draw(_ documents: [Document], to output: String) throws {
    guard let only = documents.first, documents.count == 1 else {
      throw InputError(
        "--output", "there are \(documents.count) layers or models, and a picture shows one",
        remedy: "Choose with --layer, or write the report of the run, which has them all.")
    }
    try ChartSheet(only.projections.map(\.chart), columns: min(3, only.projections.count))
      .write(to: URL(fileURLWithPath: output))
    if !common.quiet { Console.note("\(output): \(only.heading)") }
  }

  /// The projections of one layer on all bases.
  private struct Document: Encodable {
    let data: String?
    let model: String
    let projections: [FilterProjection]

    var heading: String { ([data, model].compactMap { $0 } + [projections[0].heading]).joined(separator: ", ") }

    var lines: [String] {
      [heading, projections[0].energyLine] + projections.flatMap { [""] + $0.lines + [$0.sentence] }
    }
  }
}
