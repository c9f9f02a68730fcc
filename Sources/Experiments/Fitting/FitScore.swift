import LinearModels
import Statistics
import Tensors

/// How well a model does on some images.
public struct FitScore: Codable, Sendable {
  /// The number of images.
  public let images: Int
  /// The fraction of images whose most probable class is theirs, with its 95 % interval; for classes.
  public let accuracy: Estimate?
  /// The mean of −log p(right class); for probabilities of classes.
  public let logLoss: Double?
  /// The root of the mean squared error; for numbers.
  public let rootMeanSquaredError: Double?
  /// R², the share of the variance that is explained; for numbers.
  public let determination: Double?

  /// Scores numbers.
  init(predictions: [Double], targets: [Double]) {
    images = targets.count
    (accuracy, logLoss) = (nil, nil)
    rootMeanSquaredError = Scores.rootMeanSquaredError(predictions, targets)
    determination = Set(targets).count > 1 ? Scores.determination(predictions, targets) : nil
  }

  /// Scores predicted classes, and their probabilities where there are any.
  ///
  /// The interval is Wilson's, or from a bootstrap over groups where images come in groups.
  init(
    classes: [Int], probabilities: Tensor<Double>?, labels: [Int], groups: [Int]?, random: RandomStream
  ) {
    images = labels.count
    let correct = zip(classes, labels).map { $0 == $1 ? 1.0 : 0 }
    let count = correct.reduce(0, +)
    let interval: ConfidenceInterval
    if let groups {
      interval = TwoWayBootstrap(Tensor(correct, shape: [1, correct.count]), groups: groups, from: random).interval()
    } else {
      interval = ProportionInterval.wilson(successes: Int(count), of: correct.count)
    }
    accuracy = Estimate(
      mean: count / Double(correct.count), lower: max(0, interval.lower), upper: min(1, interval.upper))
    logLoss = probabilities.map { Scores.logLoss($0, labels) }
    (rootMeanSquaredError, determination) = (nil, nil)
  }
}
