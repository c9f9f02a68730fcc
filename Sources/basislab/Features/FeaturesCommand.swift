import ArgumentParser
import Datasets
import Experiments
import Formats
import Foundation
import Spectral
import Tensors

/// `basislab features`: design matrices of data sets, and which basis is sparse for them.
struct FeaturesCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "features",
    abstract: "Compute the features of a data set, or how sparse its images are in several bases.",
    discussion: """
      With --output the design matrix is written, one row per image in the order of the file, and one column per feature; \
      images of several channels give the features of each in turn. What data decide (the atoms of pca, the features that \
      --select keeps) is fitted to the training images, or to all where nothing is held out.

      With --approximation each image is approximated by its M largest coefficients in each basis; --output is then a \
      chart (.svg, .png) or the table (.csv).

      Bases: \(BasisCatalog.names.joined(separator: ", ")).
      Feature maps: \(FeatureRequest.names.filter { !BasisCatalog.names.contains($0) }.joined(separator: ", ")).
      NAME@CRITERION:M keeps M features as --select does, such as fourier@energy:32.
      """)

  enum Part: String, ExpressibleByArgument, CaseIterable { case train, test, all }

  @OptionGroup var data: DatasetParts

  @OptionGroup var selector: FeatureSelector

  @Flag(help: "Measure the best M-term approximation in each basis instead of computing features.")
  var approximation = false

  @Option(help: "The images whose features are computed, or that are approximated.")
  var split = Part.all

  @Flag(help: "Write the features in float32, half as large, instead of float64.")
  var float32 = false

  @Option(
    help: ArgumentHelp(
      "Where the labels of the images go, int64; float64 where they are numbers.", valueName: "file.npy"))
  var labels: String?

  @Option(
    help: ArgumentHelp("The design matrix (.npy), or with --approximation .svg, .png or .csv.", valueName: "file"))
  var output: String?

  @Flag(help: "One JSON document on standard output.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    let requests = try Usage.check { try selector.requests }
    try approximation ? validateApproximation(requests) : validateFeatures(requests)
  }

  private func validateFeatures(_ requests: [FeatureRequest]) throws {
    guard requests.count == 1 else {
      throw ValidationError(
        requests.isEmpty
          ? "expected --basis or --features, which say what to compute"
          : "expected one basis or feature map, got \(requests.count); several go with --approximation")
    }
    for (option, path) in [("--output", output), ("--labels", labels)] {
      _ = try Usage.check { try path.map { try Ending(of: $0, among: [.npy], for: option) } }
    }
  }

  private func validateApproximation(_ requests: [FeatureRequest]) throws {
    if selector.features != nil || float32 || labels != nil {
      throw ValidationError("--approximation goes with --basis, not with --features, --float32 or --labels")
    }
    if let request = requests.first(where: { $0.map.contains(":") || $0.selection != nil }) {
      throw ValidationError(
        "--approximation chooses the atoms itself: write --basis without a number, got '\(request.name)'")
    }
    _ = try Usage.check { try output.map { try Ending(of: $0, among: [.svg, .png, .csv], for: "--output") } }
  }

  func execute() throws {
    let divided = try data.load()
    let images = try chosenImages(of: divided)
    if approximation { try approximate(divided, images) } else { try compute(divided, images) }
  }

  private func chosenImages(of divided: FitImages) throws -> [Int] {
    if split != .all && divided.test.isEmpty {
      throw InputError(
        divided.dataset.name, "has no official test part, which --split \(split.rawValue) asks for",
        remedy: "Give --test-fraction, such as 0.2, to draw one.")
    }
    switch split {
    case .train: return divided.train
    case .test: return divided.test
    case .all: return Array(0..<divided.dataset.count)
    }
  }

  private func compute(_ divided: FitImages, _ images: [Int]) throws {
    let request = try selector.requests[0]
    let features = try divided.features(request, random: data.random)
    if let output {
      let matrix = try features.designMatrix(divided.images(images))
      let array = float32 ? NumPyArray(matrix.map { Float($0) }) : NumPyArray(matrix)
      try NPY.write(array, to: URL(fileURLWithPath: output))
    }
    if let labels { try NPY.write(self.labels(images, of: divided), to: URL(fileURLWithPath: labels)) }
    let report = FeatureReport(
      features, divided.dataset.name, images: images.count,
      fittedTo: request.needsTraining ? divided.train.count : nil, output: output,
      precision: float32 ? "float32" : "float64")
    if json { try Console.resultJSON(report) } else { try report.lines.forEach(Console.result) }
  }

  /// The class of each image, or its number.
  private func labels(_ images: [Int], of divided: FitImages) -> NumPyArray {
    guard let numbers = divided.dataset.numbers else { return NumPyArray(divided.labels(images)) }
    return NumPyArray(Tensor(images.map { numbers[$0] }))
  }

  private func approximate(_ divided: FitImages, _ images: [Int]) throws {
    let bases = try bases(for: divided)
    let (height, width) = (divided.dataset.height, divided.dataset.width)
    let planes = divided.images(images).reshaped([-1, height, width]).map { Double($0) }
    let progress = ProgressLine("approximating", isQuiet: common.quiet)
    let report = try ApproximationReport(dataset: divided.dataset.name, images: planes, bases: bases) { share, basis in
      progress.show(share, basis)
    }
    progress.end()
    if let output {
      let url = URL(fileURLWithPath: output)
      if try Ending(of: output, among: [.svg, .png, .csv]) == .csv {
        try report.csv.write(to: url)
      } else {
        try report.chart.write(to: url)
      }
    }
    if json { try Console.resultJSON(report) } else { try report.lines.forEach(Console.result) }
  }

  private func bases(for divided: FitImages) throws -> [any Basis] {
    let (height, width) = (divided.dataset.height, divided.dataset.width)
    let names = try selector.requests.map(\.map)
    let training = divided.images(divided.train).reshaped([-1, height, width])
    func basis(_ name: String) throws -> any Basis {
      try BasisCatalog.basis(
        named: name, height: height, width: width, random: data.random.split("random basis"),
        training: BasisCatalog.needsTraining(name) ? training.map { Double($0) } : nil)
    }
    return names.isEmpty ? Self.defaultBases.compactMap { try? basis($0) } : try names.map(basis)
  }

  /// What `--approximation` measures when no basis is named, as far as the size of the images allows.
  private static let defaultBases = ["fourier", "dct", "haar", "polynomial", "pca", "pixels", "random"]
}
