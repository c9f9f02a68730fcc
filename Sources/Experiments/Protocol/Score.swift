import Statistics
public import Tensors

/// How well a candidate does on images that it was not fitted to: the scores that its family has.
public struct Score: Codable, Sendable, Equatable {
  /// The fraction of images whose most probable class is the right one.
  public internal(set) var accuracy: Double?
  /// The mean over classes of the fraction of their images that is recognised.
  public internal(set) var balancedAccuracy: Double?
  /// The mean of −log p(right class), with p at least 2⁻⁵².
  public internal(set) var logLoss: Double?
  /// The Brier score, 0…2.
  public internal(set) var brier: Double?
  /// The expected calibration error, 0…1.
  public internal(set) var calibrationError: Double?
  /// The root of the mean squared error, in the unit of the numbers.
  public internal(set) var rootMeanSquaredError: Double?
  /// R², the share of the variance of the numbers that is explained.
  public internal(set) var determination: Double?
  /// The mean Poisson deviance of counts.
  public internal(set) var deviance: Double?

  /// No score yet.
  init() {}

  /// Scores class probabilities `[N, K]` against labels.
  public init(probabilities: Tensor<Double>, labels: [Int]) {
    let predictions = Scores.predictions(probabilities)
    accuracy = Scores.accuracy(predictions, labels)
    balancedAccuracy = Scores.balancedAccuracy(predictions, labels)
    logLoss = Scores.logLoss(probabilities, labels)
    brier = Scores.brier(probabilities, labels)
    calibrationError = Scores.calibrationError(probabilities, labels)
  }

  /// The names of all scores, as documents and the store have them, with their places.
  static let fields: [(name: String, path: WritableKeyPath<Score, Double?> & Sendable)] = [
    ("accuracy", \.accuracy), ("balancedAccuracy", \.balancedAccuracy), ("logLoss", \.logLoss), ("brier", \.brier),
    ("calibrationError", \.calibrationError), ("rootMeanSquaredError", \.rootMeanSquaredError),
    ("determination", \.determination), ("deviance", \.deviance),
  ]

  /// The score that models of a family are ranked by.
  public subscript(family: ModelFamily) -> Double {
    switch family {
    case .multinomial: accuracy ?? .nan
    case .gaussian: rootMeanSquaredError ?? .nan
    case .poisson: deviance ?? .nan
    }
  }

  /// Each score averaged over repeats.
  static func mean(of scores: [Score]) -> Score {
    fields.reduce(into: Score()) { mean, field in
      let values = scores.compactMap { $0[keyPath: field.path] }
      if values.count == scores.count, !values.isEmpty { mean[keyPath: field.path] = Moments(values).mean }
    }
  }
}
