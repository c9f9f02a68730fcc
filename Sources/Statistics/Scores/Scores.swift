import Numerics
public import Tensors

/// How good predictions are.
public enum Scores {
  /// The smallest probability that the logarithmic loss takes a class to have, 2⁻⁵².
  ///
  /// It bounds the loss of one image by 36.04, as in scikit-learn for double precision.
  public static let smallestProbability = 0x1p-52

  /// The fraction of predictions that are right.
  ///
  /// - Parameters:
  ///   - predictions: The predicted class of each image.
  ///   - labels: The true class of each image.
  /// - Returns: The fraction, 0…1.
  public static func accuracy(_ predictions: [Int], _ labels: [Int]) -> Double {
    check(predictions.count, labels)
    return Double(zip(predictions, labels).count { $0 == $1 }) / Double(labels.count)
  }

  /// The mean of −ln p of the true class, each p raised to ``smallestProbability`` where it is below.
  ///
  /// - Parameters:
  ///   - probabilities: One row per image, one column per class, `[N, K]`; rows are taken as they are.
  ///   - labels: The true class of each image.
  /// - Returns: The loss in nats.
  public static func logLoss(_ probabilities: Tensor<Double>, _ labels: [Int]) -> Double {
    checkRows(probabilities, labels)
    let losses = labels.enumerated().map { -Double.log(max(probabilities[$0, $1], smallestProbability)) }
    return losses.reduce(0, +) / Double(labels.count)
  }

  /// The class of the largest probability in each row, the first of equals.
  public static func predictions(_ probabilities: Tensor<Double>) -> [Int] {
    precondition(
      probabilities.rank == 2 && probabilities.shape[1] > 0,
      "expected a matrix of probabilities, got shape \(probabilities.shape)")
    return (0..<probabilities.shape[0]).map { row in
      (1..<probabilities.shape[1]).reduce(0) { probabilities[row, $1] > probabilities[row, $0] ? $1 : $0 }
    }
  }

  /// How often each true class (row) was taken for each class (column), `[K, K]`.
  ///
  /// - Parameters:
  ///   - predictions: The predicted class of each image.
  ///   - labels: The true class of each image.
  ///   - classCount: K.
  /// - Returns: The counts.
  public static func confusion(_ predictions: [Int], _ labels: [Int], classCount: Int) -> Tensor<Double> {
    check(predictions.count, labels)
    var counts = Tensor<Double>.zeros([classCount, classCount])
    for (prediction, label) in zip(predictions, labels) { counts[label, prediction] += 1 }
    return counts
  }

  static func checkRows(_ probabilities: Tensor<Double>, _ labels: [Int]) {
    precondition(probabilities.rank == 2, "expected a matrix of probabilities, got shape \(probabilities.shape)")
    check(probabilities.shape[0], labels)
  }

  static func check(_ count: Int, _ labels: [Int]) {
    precondition(
      count == labels.count && count > 0, "expected one prediction for each of \(labels.count) labels, got \(count)")
  }
}
