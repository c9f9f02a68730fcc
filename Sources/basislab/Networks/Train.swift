import ArgumentParser
import Datasets
import Experiments
import Formats
import Foundation
import NeuralNetworks
import Tensors

/// `basislab train`: a network on images.
struct Train: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a network on images and write its weights.",
    discussion: """
      Takes pixels as they are in the file. Where y has fractions, the network has one output and explains numbers, by squared \
      error where --loss does not say otherwise; --loss poisson explains counts. Weights go to a safetensors file with the names, shapes and layouts of the same \
      torch.nn.Sequential. Beside them come the learning curve as .csv and, after every epoch, a checkpoint from which --resume \
      goes on as if training had never stopped. An official test part is left alone until the end.
      """)

  @OptionGroup var source: DataSource

  @OptionGroup var network: NetworkOptions

  @Option(help: ArgumentHelp("Where the weights go.", valueName: "file.safetensors"))
  var output: String

  @OptionGroup var training: TrainingOptions

  @Option(
    name: .customLong("weights"),
    help: ArgumentHelp("Weights to start from (default: drawn as PyTorch draws them).", valueName: "file.safetensors"))
  var firstWeights: String?

  @Flag(help: "Go on from the checkpoint beside the output.")
  var resume = false

  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Layers whose parameters are not trained.", valueName: "key"))
  var freeze: [CommaList<String>] = []

  @Option(help: ArgumentHelp("Where the learning curve goes (default: beside the weights).", valueName: "file.csv"))
  var curve: String?

  @Option(help: ArgumentHelp("Draw the learning curve.", valueName: "file.svg|.png"))
  var chart: String?

  @OptionGroup var confusion: ConfusionOptions

  @Flag(help: "One JSON document with the learning curve and the scores on standard output.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    _ = try Usage.check { try training.configuration(seed: source.seed, standardLoss: .crossEntropy) }
    guard (output as NSString).pathExtension == "safetensors" else {
      throw ValidationError("--output: expected a name that ends in .safetensors, got '\(output)'")
    }
    if let curve { _ = try Usage.check { try Ending(of: curve, among: [.csv], for: "--curve") } }
    if let chart { _ = try Usage.check { try Ending(of: chart, among: [.svg, .png], for: "--chart") } }
    guard !resume || firstWeights == nil else {
      throw ValidationError("--resume goes on from the checkpoint; leave --weights out")
    }
  }

  func execute() throws {
    Interrupt.beginListening()
    let reference = try network.reference()
    let collection = try source.loadImages()
    let numbers = try collection.numbers(training.loss == .poisson ? .numbers : .automatic)
    let family: ModelFamily = numbers == nil ? .multinomial : training.loss == .poisson ? .poisson : .gaussian
    let configuration = try training.configuration(seed: source.seed, standardLoss: family.standardLoss(of: reference))
    try check(reference, configuration, family)
    let archive = try firstWeights.map { try Safetensors.read(URL(fileURLWithPath: $0)) }
    let network = try self.network(reference, collection, archive, explains: family)
    let weights = try archive.map {
      try Weights<Float>($0, origin: firstWeights ?? "", parameters: network.parameters)
    }
    let parts =
      try numbers.map {
        try TrainingParts(collection, numbers: $0, family: family, configuration: configuration)
      }
      ?? TrainingParts(
        collection, labels: collection.labels(classCount: network.outputShape[0]), configuration: configuration)
    warnOfLargePixels(parts)
    let url = URL(fileURLWithPath: output)
    let checkpointURL = TrainingCheckpoint.url(beside: url)
    let checkpoint =
      try resume
      ? TrainingCheckpoint(checkpointURL, network: network, configuration: configuration, parts: parts) : nil
    let run = TrainingRun(network, parts: parts, configuration: configuration, checkpoint: checkpointURL)
    let progress = TrainProgress(epochs: configuration.epochs, isQuiet: common.quiet)
    let outcome = try run.run(
      from: weights, resuming: checkpoint, observer: progress, isCancelled: { Interrupt.isRequested })
    progress.end()
    try outcome.trained.write(to: url)
    try EpochRecord.table(outcome.records).write(to: curveURL)
    let result = try TrainReport(network, outcome, parts)
    try draw(outcome.records, result, of: "\(self.network.network) on \(collection.name)")
    try report(result)
    guard outcome.isInterrupted else { return }
    Console.note("Interrupted after epoch \(outcome.records.count): go on with the same options and --resume.")
    throw ExitCode(Interrupt.exitCode)
  }

  /// Refuses for numbers what is for classes.
  private func check(
    _ reference: NetworkReference, _ configuration: TrainingConfiguration, _ family: ModelFamily
  ) throws {
    try family.check(configuration.loss)
    try reference.check(family, name: network.network)
    for (option, isGiven) in [("--classes", training.classes != nil), ("--confusion", confusion.confusion != nil)]
    where isGiven && family.explainsNumbers {
      throw InputError(option, "goes with classes, and the images of \(source.dataset) have numbers")
    }
  }

  /// The network with one output for numbers, or as many as there are classes: those of the weights, of the option, or of the
  /// data.
  private func network(
    _ reference: NetworkReference, _ collection: ImageCollection, _ archive: SafetensorsArchive?,
    explains family: ModelFamily
  ) throws -> Network {
    let stream = RandomStream(seed: source.seed).split("network")
    func classCount() throws -> Int {
      try max(2, training.classes ?? (archive == nil ? collection.labels().classes.count : 10))
    }
    let network = try reference.network(
      inputShape: collection.imageShape,
      outputsOf: training.classes == nil && !family.explainsNumbers ? archive : nil,
      otherwise: family.explainsNumbers ? 1 : classCount(), from: stream)
    guard !family.explainsNumbers || network.outputShape == [1] else {
      throw InputError(
        self.network.network, "expected one number at the end, found outputs of shape \(network.outputShape)",
        remedy: "End the network with '- Dense: classes', which is 1 for numbers.")
    }
    guard network.outputShape.count == 1 else {
      throw InputError(
        self.network.network, "expected one number per class at the end, found outputs of shape \(network.outputShape)",
        remedy: "End the network with Flatten and Dense.")
    }
    return try frozen(network)
  }

  private func warnOfLargePixels(_ parts: TrainingParts) {
    let largest = parts.training.images.maximumMagnitude
    guard !common.quiet && largest > 16 else { return }
    Console.note("warning: pixels reach \(largest); networks learn better from about −1…1: consider --normalise")
  }

  private func frozen(_ network: Network) throws -> Network {
    let keys = freeze.values()
    let accepted = network.nodes.filter { !$0.parameters.isEmpty }.map(\.key)
    if let stranger = keys.first(where: { !accepted.contains($0) }) {
      throw Suggestion.unknown(stranger, kind: "layer with parameters", accepted: accepted)
    }
    let already = Set(network.nodes.filter(\.isFrozen).map(\.key))
    return keys.isEmpty ? network : network.freezing { keys.contains($0) || already.contains($0) }
  }

  private var curveURL: URL {
    URL(fileURLWithPath: curve ?? (output as NSString).deletingPathExtension + ".csv")
  }

  private func draw(_ records: [EpochRecord], _ report: TrainReport, of title: String) throws {
    if let chart, !records.isEmpty {
      try EpochRecord.chart(records, title: title).write(to: URL(fileURLWithPath: chart))
    }
    if let (name, last) = report.classifications.last { try confusion.draw(last, of: "\(title), \(name) images") }
  }

  private func report(_ report: TrainReport) throws {
    if json { try Console.resultJSON(report) } else { try report.lines.forEach(Console.result) }
    if !common.quiet { Console.note("Weights: \(output); learning curve: \(curveURL.relativePath)") }
  }
}
