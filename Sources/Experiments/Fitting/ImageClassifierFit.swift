import LinearModels
import Parallel
import Statistics
import Tensors

/// A classifier without probabilities, as the scattering literature uses them.
public enum ImageClassifier: String, Codable, Sendable, CaseIterable {
  /// The class whose affine space of d principal components is nearest; d by cross-validated error.
  case affinePCA = "affine-pca"
  /// Least squares to ±1 with a ridge penalty; λ by the leave-one-out squared error.
  case ridge
}

/// A classifier fitted to features of images, with its choice and its scores.
public struct ImageClassifierFit: Encodable, Sendable {
  /// One setting that was tried.
  public struct Step: Encodable, Sendable {
    /// The dimension d, or λ.
    public let value: Double
    /// The fraction of held-out training images that were classified wrongly.
    public let error: Double
  }

  /// The classifier.
  public let classifier: ImageClassifier
  /// The name of the data set.
  public let dataset: String
  /// The name of the features.
  public let features: String
  /// The number of features.
  public let dimension: Int
  /// The number of trained numbers.
  public let parameters: Int
  /// The chosen setting, such as `d=12`.
  public let setting: String
  /// All settings, with the error that is known without the test images.
  public let steps: [Step]
  /// What the reader must know.
  public let notes: [String]
  /// The score on the training images.
  public let train: FitScore
  /// The score on the test images, where some are held out.
  public let test: FitScore?

  /// Fits a classifier.
  ///
  /// - Parameters:
  ///   - classifier: Which.
  ///   - request: The features.
  ///   - standardizes: Whether each column is shifted and scaled to mean 0 and standard deviation 1.
  ///   - folds: The folds by which d is chosen; groups are kept together.
  ///   - largestDimension: The largest d that is tried.
  ///   - images: The images to fit to and to test on.
  ///   - random: Where all chance comes from.
  /// - Throws: `InputError` for what the classifier cannot do with these images.
  public init(
    _ classifier: ImageClassifier, _ request: FeatureRequest, standardizes: Bool, folds: Int, largestDimension: Int,
    _ images: FitImages, random: RandomStream
  ) throws {
    guard images.dataset.numbers == nil else {
      throw InputError(images.dataset.name, "has numbers instead of the classes that a classifier needs")
    }
    let features = try images.features(request, random: random)
    let (columns, rows) = try FeatureColumns.fitted(
      features, to: images.images(images.train), standardizes: standardizes)
    let (labels, classCount) = (images.labels(images.train), images.dataset.classes.count)
    let choice: Choice
    switch classifier {
    case .affinePCA:
      let divided = try Folds(folds, labels: labels, groups: images.groups(images.train), from: random.split("folds"))
      choice = try .affinePCA(rows, labels, classCount, folds: divided, largest: largestDimension)
    case .ridge: choice = try .ridge(rows, labels, classCount)
    }
    self.classifier = classifier
    self.features = features.name
    dataset = images.dataset.name
    dimension = features.dimension
    (parameters, setting, steps, notes) = (choice.parameters, choice.setting, choice.steps, choice.notes)
    func score(_ indices: [Int], _ rows: Tensor<Double>) -> FitScore {
      FitScore(
        classes: choice.classes(rows), probabilities: nil, labels: images.labels(indices),
        groups: images.groups(indices), random: random.split("score"))
    }
    train = score(images.train, rows)
    test = images.test.isEmpty ? nil : score(images.test, try columns.matrix(images.images(images.test)))
  }

  /// The report as text.
  public var lines: [String] {
    let entries =
      [
        ("setting", setting), ("parameters", "\(parameters)"), ("training", train.text),
      ] + (test.map { [("test", $0.text)] } ?? [])
    return ["\(classifier.rawValue) classifier on \(features) of \(dataset): \(dimension) features"]
      + entries.map { name, value in name.padding(toLength: 12, withPad: " ", startingAt: 0) + value }
      + notes.map { "note: \($0)" }
  }
}

extension ImageClassifierFit {
  /// The settings that were tried.
  public var stepLines: [String] {
    var table = TextTable([(classifier == .ridge ? "λ" : "d", .right), ("held-out error %", .right)])
    for step in steps { table.append([FitReport.number(step.value), FitReport.decimal(100 * step.error, 2)]) }
    return table.lines
  }
}

/// The setting that the training images chose, and the classifier that it gives.
private struct Choice {
  let setting: String
  let steps: [ImageClassifierFit.Step]
  let parameters: Int
  var notes: [String] = []
  let classes: (Tensor<Double>) -> [Int]

  static func affinePCA(
    _ rows: Tensor<Double>, _ labels: [Int], _ classCount: Int, folds: Folds, largest: Int
  ) throws -> Choice {
    let errors = try AffinePCAClassifier.crossValidatedErrorRates(
      rows, labels: labels, classCount: classCount, dimension: largest, folds: folds)
    let best = errors.indices.min { errors[$0] < errors[$1] } ?? 0
    let classifier = try AffinePCAClassifier(fitting: rows, labels: labels, classCount: classCount, dimension: best)
    let isAtEnd = best == largest && largest > 0
    return Choice(
      setting: "d=\(best), by the error on \(folds.count) held-out folds",
      steps: errors.enumerated().map { .init(value: Double($0), error: $1) }, parameters: classifier.parameterCount,
      notes: isAtEnd ? ["the largest d was chosen; a larger one may do better."] : [],
      classes: { classifier.classes($0) })
  }

  static func ridge(_ rows: Tensor<Double>, _ labels: [Int], _ classCount: Int) throws -> Choice {
    let problem = try RidgeProblem(features: rows, labels: labels, classCount: classCount)
    let tried = try TrialPath.ridges(30).map { ridge in (ridge, try problem.leaveOneOut(ridge: ridge)) }
    let best = tried.indices.min { tried[$0].1.squaredError < tried[$1].1.squaredError } ?? 0
    let classifier = try problem.classifier(ridge: tried[best].0)
    let isAtEnd = best == 0 || best == tried.count - 1
    return Choice(
      setting: "λ=\(FitReport.number(tried[best].0)), by the leave-one-out squared error",
      steps: tried.map { .init(value: $0.0, error: $0.1.errorRate) }, parameters: classifier.parameterCount,
      notes: isAtEnd ? ["λ was chosen at an end of the range that was searched; a better one may lie outside."] : [],
      classes: { classifier.classes($0) })
  }
}
