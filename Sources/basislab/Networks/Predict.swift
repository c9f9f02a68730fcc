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
    abstract: "Apply a network with its weights to images: logits, classes, numbers, or the feature maps of a layer.",
    discussion: """
      Writes float32 logits [N,K], or with --probabilities their softmax, with --classes the int64 number of the largest \
      logit [N], where the network explains numbers or counts these in their own units [N,1], with --layer KEY what that layer makes of each image, such as [N,C,H,W], or of the one that --image counts \
      out, as a picture. Images need no labels; where they have them, the scores are printed. Pixels are taken as they are in the file, unless the weights were trained with \
      --normalise or --signed.
      """)

  @OptionGroup var source: DataSource

  @OptionGroup var network: NetworkOptions

  @Option(help: ArgumentHelp("The weights.", valueName: "file.safetensors"))
  var weights: String

  @Option(help: "Which images of an official split: train, test or all.")
  var split = DataPart.all

  @Option(help: ArgumentHelp("Where the result goes.", valueName: "file.npy, or .svg or .png with --layer"))
  var output: String

  @Flag(help: "Write the number of the most probable class of each image.")
  var classes = false

  @Flag(help: "Write the probability of each class.")
  var probabilities = false

  @Option(help: ArgumentHelp("Write what the layer of this key makes of each image.", valueName: "key"))
  var layer: String?

  @Option(help: "Which image of --split a picture shows, from 0.")
  var image = 0

  @OptionGroup var confusion: ConfusionOptions

  @Flag(help: "The scores as one JSON document on standard output.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    _ = try Usage.check { try ending }
    try Usage.require(image, in: 0...Int.max - 1, "--image", "images")
    guard [classes, probabilities, layer != nil].count(where: { $0 }) <= 1 else {
      throw ValidationError("expected at most one of --classes, --probabilities and --layer")
    }
    guard layer == nil || !json && confusion.confusion == nil else {
      throw ValidationError("--json and --confusion: there are no scores with --layer")
    }
  }

  private var ending: Ending {
    get throws { try Ending(of: output, among: layer == nil ? [.npy] : [.npy, .svg, .png], for: "--output") }
  }

  func execute() throws {
    let collection = try source.loadImages()
    let range = try split.range(of: collection)
    let trained = try TrainedNetwork(
      network.reference(), weights: URL(fileURLWithPath: weights), inputShape: collection.imageShape)
    let images = collection.images[rows: range]
    if let layer, try ending == .npy { return try write(NumPyArray(trained.outputs(of: layer, images))) }
    if let layer { return try draw(layer, of: trained, images) }
    guard trained.numbers == nil else { return try predictNumbers(trained, images, collection, range) }
    let logits = try trained.outputs(images)
    if classes || probabilities || json || confusion.confusion != nil { try requireClasses(logits.shape) }
    let judgement = try judge(logits, collection, range)
    try write(result(logits))
    guard let judgement else { return }
    try confusion.draw(judgement, of: "\(network.network) on \(collection.name)")
    if json || !common.quiet { try report(judgement) }
  }

  /// Writes numbers, and says how good they are where the images have them.
  private func predictNumbers(
    _ trained: TrainedNetwork, _ images: Tensor<Float>, _ collection: ImageCollection, _ range: Range<Int>
  ) throws {
    for (option, isGiven) in [
      ("--classes", classes), ("--probabilities", probabilities), ("--confusion", confusion.confusion != nil),
    ] where isGiven { throw InputError(option, "goes with classes, and '\(weights)' explains numbers") }
    let predictions = try trained.predictions(images)
    let report = trained.numberReport(predictions, try numbers(of: collection).map { Array($0[range]) })
    try write(NumPyArray(predictions.map { Float($0) }))
    guard let report, json || !common.quiet else { return }
    if json { return try Console.resultJSON(report) }
    try NumberReport.lines([(split.rawValue, report)]).forEach(Console.result)
  }

  /// The numbers to judge by; that there are none is an error only where scores were asked for.
  private func numbers(of collection: ImageCollection) throws -> [Double]? {
    guard collection.hasLabels || json else { return nil }
    do {
      return try collection.numbers(.numbers)
    } catch let error as InputError where !json {
      if !common.quiet { Console.note("no scores: \(error.description)") }
      return nil
    }
  }

  /// What a layer makes of one image, as a picture.
  private func draw(_ layer: String, of trained: TrainedNetwork, _ images: Tensor<Float>) throws {
    guard image < images.shape[0] else {
      throw InputError("--image", "expected 0 to \(images.shape[0] - 1), got \(image)")
    }
    let shown = images[rows: image..<image + 1]
    let outputs = try trained.outputs(of: layer, shown)
    let maps = try FeatureMaps(
      title: "Layer \(layer) of \(network.network), image \(image)",
      image: shown.reshaped(Array(shown.shape.dropFirst())), outputs: outputs.reshaped(Array(outputs.shape.dropFirst()))
    )
    try maps.grid().write(to: URL(fileURLWithPath: output))
    if !common.quiet { Console.note("\(output): \(maps.maps.shape[0]) maps of image \(image)") }
  }

  /// How good the outputs are, where that is asked for and the classes are known.
  private func judge(
    _ logits: Tensor<Float>, _ collection: ImageCollection, _ range: Range<Int>
  ) throws -> ClassificationReport? {
    let isNeeded = json || confusion.confusion != nil
    guard logits.rank == 2, isNeeded || !common.quiet, isNeeded || collection.hasLabels else { return nil }
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
