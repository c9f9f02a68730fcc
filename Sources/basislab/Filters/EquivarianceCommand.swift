import ArgumentParser
import Datasets
import Experiments
import Figures
import Foundation
import LinearModels
import Tensors

/// `basislab equivariance`: how far layers and feature maps follow motions of the image.
struct EquivarianceCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "equivariance",
    abstract: "Measure ‖f(Tx) − T f(x)‖ for shifts, rotations and scalings, layer by layer, and changed predictions.",
    discussion: """
      Moves test images (of a run of 'compare' those of its first repeat; otherwise those of the official test part, or of \
      --test-fraction) and compares what each layer of a \
      network makes of them with its output for the image at rest, moved along; a vector should stay as it is. Shifts are \
      averaged over four directions, rotations over both. A motion brings in what was outside: the edge is repeated, and \
      samples that come from there are left out; with --circular, images go round when shifted. Of a run the best fixed and \
      the best learned model are watched, or those of --model, as the run chose and tested them. Without a run, --features \
      fits a multinomial (for numbers a gaussian) model with a ridge penalty to each feature map on the training images, for \
      its decisions. Where images have numbers or counts, the root mean square of the change of predictions is given, \
      relative to the standard deviation of the numbers.
      """)

  @OptionGroup var source: NetworkSource

  @Option(
    help: ArgumentHelp(
      "Without an official test part: the share of the images to test on, drawn by the seed, with groups kept together.",
      valueName: "share"))
  var testFraction: Double?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Models of the run (default: the best fixed and the best learned one).", valueName: "model"))
  var model: [CommaList<String>] = []

  @Option(parsing: .upToNextOption, help: ArgumentHelp("Bases and feature maps.", valueName: "name[:option…]"))
  var features: [String] = []

  @Option(help: ArgumentHelp("The ridge penalty of the models of feature maps.", valueName: "λ"))
  var lambda = 0.01

  @Option(parsing: .upToNextOption, help: "Shifts, in pixels.")
  var shift = [CommaList([1.0, 2, 3, 4])]

  @Option(parsing: .upToNextOption, help: "Rotations, in degrees.")
  var rotation = [CommaList([5.0, 15, 45])]

  @Option(parsing: .upToNextOption, help: "Scalings, as factors.")
  var scale = [CommaList([0.8, 0.9, 1.1, 1.25])]

  @Flag(help: "Images go round when they are shifted.")
  var circular = false

  @Option(help: "The largest number of images that are moved.")
  var images = 500

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The change of predictions, as a picture.", valueName: "file.svg|.png")
  )
  var output: String?

  @Flag(help: "One JSON document on standard output.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if source.isRun {
      guard features.isEmpty && testFraction == nil else {
        throw ValidationError(
          "\(features.isEmpty ? "--test-fraction" : "--features") goes with a data set, and '\(source.subject)' is taken for a run"
        )
      }
    } else {
      guard model.isEmpty else { throw ValidationError("--model goes with a run") }
      guard source.network != nil || !features.isEmpty else {
        throw ValidationError("expected a network with its weights, or --features, or a run of 'compare'")
      }
    }
    try DatasetParts.check(testFraction: testFraction)
    try Usage.require(images, in: 1...1_000_000, "--images", "images")
    guard scale.values().allSatisfy({ (0.01...100).contains($0) }) else {
      throw ValidationError("--scale: expected factors of 0.01 to 100")
    }
    guard lambda > 0 && lambda.isFinite else {
      throw ValidationError("--lambda: expected a number above 0, got \(lambda)")
    }
    _ = try Usage.check { try features.map { try FeatureRequest(parsing: $0) } }
    if let output { _ = try Usage.check { try Ending(of: output, among: [.svg, .png], for: "--output") } }
  }

  func execute() throws {
    let (name, subjects) = try source.isRun ? subjectsOfRun() : subjectsOfData()
    let motions =
      shift.values().map { EquivarianceReport.Motion(kind: .shift, amount: $0) }
      + rotation.values().map { .init(kind: .rotation, amount: $0) }
      + scale.values().map { .init(kind: .scale, amount: $0) }
    let report = try EquivarianceReport(
      subjects, motions: motions, dataset: name, isCircular: circular)
    if let output { try report.chart.write(to: URL(fileURLWithPath: output)) }
    if json { try Console.resultJSON(report) } else { try report.lines.forEach(Console.result) }
  }

  private func subjectsOfRun() throws -> (name: String, [EquivarianceSubject]) {
    let table = try source.reopened()
    let names = model.isEmpty ? table.best : model.values()
    return (table.label, try names.map { try table.equivarianceSubject($0, images: images) })
  }

  private func subjectsOfData() throws -> (name: String, [EquivarianceSubject]) {
    let parts = try FitImages(
      source.options.load(source.subject), testFraction: testFraction, from: random.split("hold-out"))
    guard !parts.test.isEmpty else {
      throw InputError(
        parts.dataset.name, "has no official test part, and only images that decided nothing are moved",
        remedy: "Give --test-fraction, such as 0.2, to draw one.")
    }
    let chosen = Array(parts.test.prefix(images))
    var subjects: [EquivarianceSubject] = []
    if let (network, weights) = try source.given() {
      let collection = try source.options.loadImages(source.subject)
      let trained = try TrainedNetwork(network, weights: weights, inputShape: collection.imageShape)
      subjects.append(
        try EquivarianceSubject(
          trained, name: NetworkReference.shortName(source.network ?? ""),
          images: collection.images.gatheringRows(chosen), spread: spread(trained, collection)))
    }
    for name in features { subjects.append(try subject(name, parts, chosen)) }
    return (parts.dataset.name, subjects)
  }

  /// The standard deviation of what a network explains as numbers, whole ones too.
  private func spread(_ trained: TrainedNetwork, _ collection: ImageCollection) throws -> Double? {
    guard trained.numbers != nil, let numbers = try collection.numbers(.numbers) else { return nil }
    return try collection.dataset(numbers: numbers).numberSpread
  }

  private var random: RandomStream { RandomStream(seed: source.options.seed) }

  private func subject(_ name: String, _ parts: FitImages, _ chosen: [Int]) throws -> EquivarianceSubject {
    var recipe = GLMRecipe(features: try FeatureRequest(parsing: name))
    recipe.penalty = .ridge
    recipe.strength = .fixed(lambda)
    recipe.standardizes = true
    let target = try FitTarget(parts.dataset)
    let fit = try ImageModelFit(recipe, parts, target, random: random)
    return EquivarianceSubject(fit.model, images: parts.images(chosen), spread: parts.dataset.numberSpread)
  }
}
