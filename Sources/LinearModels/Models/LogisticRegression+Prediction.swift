public import Tensors

extension LogisticRegression {
  /// The logarithms of the class probabilities, by a softmax that neither overflows nor underflows.
  ///
  /// - Parameter features: `[N, D]`.
  /// - Returns: `[N, K]`.
  public func logProbabilities(_ features: Tensor<Double>) -> Tensor<Double> {
    precondition(
      features.rank == 2 && features.shape[1] == featureCount,
      "expected \(featureCount) features, got shape \(features.shape)")
    var scores = features.matrixProduct(weights, transposingOther: true)
    scores.withUnsafeMutableBufferPointer { scores in
      intercepts.withUnsafeBufferPointer { intercepts in
        for start in stride(from: 0, to: scores.count, by: classCount) {
          for index in 0..<classCount { scores[start + index] += intercepts[index] }
          Softmax.logarithms(UnsafeMutableBufferPointer(rebasing: scores[start..<start + classCount]))
        }
      }
    }
    return scores
  }

  /// The class probabilities.
  ///
  /// - Parameter features: `[N, D]`.
  /// - Returns: `[N, K]`; each row sums to 1.
  public func probabilities(_ features: Tensor<Double>) -> Tensor<Double> {
    logProbabilities(features).map { Double.exp($0) }
  }

  /// The most probable class of each row, the lowest of equals.
  ///
  /// - Parameter features: `[N, D]`.
  /// - Returns: N classes.
  public func classes(_ features: Tensor<Double>) -> [Int] {
    let scores = logProbabilities(features)
    return scores.withUnsafeBufferPointer { scores in
      (0..<features.shape[0]).map { row in
        (1..<classCount).reduce(0) { best, index in
          scores[row * classCount + index] > scores[row * classCount + best] ? index : best
        }
      }
    }
  }

  /// The mean negative logarithm of the probability of the true class.
  ///
  /// - Parameters:
  ///   - features: `[N, D]`, N ≥ 1.
  ///   - labels: The true class of each row.
  /// - Returns: The loss in nats.
  public func logLoss(_ features: Tensor<Double>, labels: [Int]) -> Double {
    precondition(labels.count == features.shape[0], "expected \(features.shape[0]) labels, got \(labels.count)")
    let scores = logProbabilities(features)
    return -labels.enumerated().reduce(0) { $0 + scores[$1.offset, $1.element] } / Double(labels.count)
  }
}
