public import Tensors

extension Scores {
  /// The mean over classes of the fraction of their images that is recognised: accuracy when every class counts the same.
  ///
  /// Classes without an image are left out, as `sklearn.metrics.balanced_accuracy_score` does.
  ///
  /// - Parameters:
  ///   - predictions: The predicted class of each image.
  ///   - labels: The true class of each image.
  /// - Returns: The mean recall, 0…1.
  public static func balancedAccuracy(_ predictions: [Int], _ labels: [Int]) -> Double {
    check(predictions.count, labels)
    var found: [Int: (right: Int, all: Int)] = [:]
    for (prediction, label) in zip(predictions, labels) {
      found[label, default: (0, 0)].all += 1
      if prediction == label { found[label]!.right += 1 }
    }
    let recalls = found.keys.sorted().map { Double(found[$0]!.right) / Double(found[$0]!.all) }
    return recalls.reduce(0, +) / Double(recalls.count)
  }

  /// The fraction of images whose class is among the k most probable.
  ///
  /// Of classes that are equally probable the first counts as the more probable.
  ///
  /// - Parameters:
  ///   - k: The number of guesses, at least 1.
  ///   - probabilities: `[N, K]`; logits give the same.
  ///   - labels: The true class of each image.
  /// - Returns: The fraction, 0…1.
  public static func topAccuracy(_ k: Int, _ probabilities: Tensor<Double>, _ labels: [Int]) -> Double {
    precondition(k >= 1, "expected at least one guess, got \(k)")
    checkRows(probabilities, labels)
    let hits = labels.enumerated().count { row, label in
      let own = probabilities[row, label]
      let ahead = (0..<probabilities.shape[1]).count { other in
        probabilities[row, other] > own || (probabilities[row, other] == own && other < label)
      }
      return ahead < k
    }
    return Double(hits) / Double(labels.count)
  }
}
