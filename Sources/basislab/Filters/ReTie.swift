import ArgumentParser
import Datasets
import Experiments
import Figures
import Foundation
import Formats
import Spectral
import Tensors

/// `basislab re-tie`: whether learned filters are needed, or a few atoms of a fixed basis do.
struct ReTie: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "re-tie",
    abstract: "Replace learned filters by their best approximations in fixed bases, and measure what is lost.",
    discussion: """
      Each kernel of a layer is replaced by the M atoms of an orthonormal basis that come nearest to it. Accuracy is measured \
      at once, and after the other layers have been trained further (--epochs 0 for not), beside the network as it was \
      trained. Of a run of 'compare' the best learned network (or --model) of the first repeat is taken, with the images of \
      that repeat; judged are its test images. Otherwise images are divided as by 'train' with the same --seed, --validation \
      and --groups; judged are those of the official test part, or else those set aside for validation. 'gained' and 'lost' \
      count images. Where the network explains numbers or counts, their error is measured instead, and by how much it rises.
      """)

  @OptionGroup var source: NetworkSource

  @Option(help: ArgumentHelp("The network of the run (default: its best learned one).", valueName: "model"))
  var model: String?

  @Option(help: ArgumentHelp("The layer (default: the first that has filters).", valueName: "key"))
  var layer: String?

  @Option(parsing: .upToNextOption, help: ArgumentHelp("Orthonormal bases of the filters' size.", valueName: "basis"))
  var basis: [CommaList<String>] = []

  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Atoms of each filter (default: 1, 2, 4, … and all).", valueName: "m"))
  var atoms: [CommaList<Int>] = []

  @OptionGroup var training: TrainingOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Accuracy over the number of atoms, as a picture.", valueName: "file.svg|.png"))
  var output: String?

  @Flag(help: "One JSON document on standard output.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let output { _ = try Usage.check { try Ending(of: output, among: [.svg, .png], for: "--output") } }
    if training.epochs != 0 {
      _ = try Usage.check { try training.configuration(seed: source.options.seed, standardLoss: .crossEntropy) }
    }
    if model != nil && !source.isRun { throw ValidationError("--model goes with a run") }
    if !source.isRun && source.network == nil {
      throw ValidationError("expected a network with its weights, or a run of 'compare'")
    }
  }

  func execute() throws {
    let (name, retying) = try prepared()
    let report = FilterRetyingReport(
      dataset: name, part: retying.partName, layer: retying.layer.key, epochs: training.epochs,
      family: retying.family, rows: try rows(retying))
    if let output { try report.chart.write(to: URL(fileURLWithPath: output)) }
    if json { try Console.resultJSON(report) } else { try report.lines.forEach(Console.result) }
  }

  private func prepared() throws -> (name: String, FilterRetying) {
    var options = training
    options.epochs = max(1, training.epochs)
    let keys = layer.map { [$0] } ?? []
    guard let given = try source.given() else {
      let table = try source.reopened()
      let trained = try table.network(named: model)
      let configuration = try options.configuration(
        seed: source.options.seed, standardLoss: trained.family.standardLoss(of: table.reference(to: model)))
      return (
        table.label,
        try table.retying(
          trained, layer: trained.network.filterLayers(keys)[0], configuration: configuration)
      )
    }
    let collection = try source.options.loadImages(source.subject)
    let trained = try TrainedNetwork(given.network, weights: given.weights, inputShape: collection.imageShape)
    return (
      collection.name,
      try FilterRetying(
        trained, layer: trained.network.filterLayers(keys)[0], collection: collection,
        configuration: options.configuration(
          seed: source.options.seed, standardLoss: trained.family.standardLoss(of: given.network)))
    )
  }

  private func rows(_ retying: FilterRetying) throws -> [FilterRetyingReport.Row] {
    let size = retying.layer.size
    let all = size.height * size.width
    let counts = atoms.isEmpty ? Self.octaves(upTo: all) : atoms.values()
    let names = basis.isEmpty ? Self.bases(size) : basis.values()
    for name in names { try counts.forEach { try retying.check(name, atoms: $0) } }
    let progress = ProgressLine("tying", isQuiet: common.quiet)
    defer { progress.end() }
    let retrains = training.epochs > 0
    var rows = [try retying.untied(retrains: retrains)]
    for name in names {
      for count in counts {
        progress.show(Double(rows.count) / Double(1 + names.count * counts.count), "\(name):\(count)")
        rows.append(try retying.tied(to: name, atoms: count, retrains: retrains))
      }
    }
    return rows
  }

  private static func octaves(upTo last: Int) -> [Int] {
    Array(sequence(first: 1) { 2 * $0 < last ? 2 * $0 : nil }) + (last > 1 ? [last] : [])
  }

  /// What is measured when no basis is named, as far as it exists at the size of the filters.
  private static func bases(_ size: (height: Int, width: Int)) -> [String] {
    ["fourier", "haar", "polynomial", "random"].filter { name in
      (try? BasisCatalog.basis(
        named: name, height: size.height, width: size.width, random: RandomStream(seed: 0))) != nil
    }
  }
}
