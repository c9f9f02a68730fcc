import ArgumentParser
import Datasets
import Experiments
import Formats
import Foundation
import LinearModels
import Statistics
import Tensors

/// `basislab predict`: what a trained network makes of images.
struct Predict: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Apply a network with its weights to images: logits, classes, or the feature maps of a layer.",
    discussion: """
      Writes float32 logits [N,K], or with --probabilities their softmax, with --classes the int64 number of the largest \
      logit [N], with --layer KEY what that layer makes of each image, such as [N,C,H,W]. Images need no labels; where they \
      have them, the scores are printed. Pixels are taken as they are in the file, unless the weights were trained with \
      --normalise.
      """)

  @OptionGroup var source: DataSource

  @OptionGroup var network: NetworkOptions

  @Option(help: ArgumentHelp("The weights.", valueName: "file.safetensors"))
  var weights: String

  @Option(help: "Which images of an official split: train, test or all.")
  var split = DataPart.all

  @Option(help: ArgumentHelp("Where the result goes.", valueName: "file.npy"))
  var output: String

  @Flag(help: "Write the number of the most probable class of each image.")
  var classes = false

  @Flag(help: "Write the probability of each class.")
  var probabilities = false

  @Option(help: ArgumentHelp("Write what the layer of this key makes of each image.", valueName: "key"))
  var layer: String?

  @Flag(help: "The scores as one JSON document on standard output.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    _ = try Usage.check { try Ending(of: output, among: [.npy], for: "--output") }
    guard [classes, probabilities, layer != nil].count(where: { $0 }) <= 1 else {
      throw ValidationError("expected at most one of --classes, --probabilities and --layer")
    }
    guard !json || layer == nil else { throw ValidationError("--json: there are no scores with --layer") }
  }

  func execute() throws {
    let collection = try source.loadImages()
    let range = try split.range(of: collection)
    let trained = try TrainedNetwork(
      network.reference(), weights: URL(fileURLWithPath: weights), inputShape: collection.imageShape)
    let images = collection.images[rows: range]
    if let layer { return try write(NumPyArray(trained.outputs(of: layer, images))) }
    let logits = try trained.outputs(images)
    if classes || probabilities || json { try requireClasses(logits.shape) }
    let judgement = try judge(logits, collection, range)
    try write(result(logits))
    if let judgement { try report(judgement) }
  }

  /// How good the outputs are, where that is asked for and the classes are known.
  private func judge(
    _ logits: Tensor<Float>, _ collection: ImageCollection, _ range: Range<Int>
  ) throws -> ClassificationReport? {
    guard logits.rank == 2, json || !common.quiet, collection.hasLabels else { return nil }
    let labels = try collection.labels(classCount: logits.shape[1])
    return try ClassificationReport(
      logits: logits, labels: Array(labels.labels[range]), classes: labels.classes, place: source.dataset)
  }

  private func result(_ logits: Tensor<Float>) -> NumPyArray {
    if classes { return NumPyArray(Scores.predictions(logits.map { Double($0) })) }
    guard probabilities else { return NumPyArray(logits) }
    return NumPyArray(Softmax.probabilities(logits.map { Double($0) }).map { Float($0) })
  }

  private func requireClasses(_ shape: [Int]) throws {
    guard shape.count != 2 else { return }
    throw InputError(
      network.network, "expected one number per class from the network, found outputs of shape \(shape.dropFirst())")
  }

  private func write(_ array: NumPyArray) throws {
    try NPY.write(array, to: URL(fileURLWithPath: output))
    guard !common.quiet else { return }
    Console.note("\(output): \(array.shape.map(String.init).joined(separator: "×")) \(array.elementType)")
  }

  private func report(_ report: ClassificationReport) throws {
    if json { return try Console.resultJSON(report) }
    try ClassificationReport.lines([(split.rawValue, report)]).forEach(Console.result)
  }
}
