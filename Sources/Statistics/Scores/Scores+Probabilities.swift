public import Tensors

extension Scores {
  /// The Brier score: the mean over images of Σₖ (pₖ − yₖ)², where y is 1 for the true class and 0 elsewhere.
  ///
  /// 0 is perfect, 2 the worst. For two classes it is twice `sklearn.metrics.brier_score_loss`, which looks at one of them.
  ///
  /// Source: G. W. Brier, *Verification of forecasts expressed in terms of probability*, Monthly Weather Review 78
  /// (1950), 1–3.
  ///
  /// - Parameters:
  ///   - probabilities: `[N, K]`.
  ///   - labels: The true class of each image.
  /// - Returns: The score, 0…2.
  public static func brier(_ probabilities: Tensor<Double>, _ labels: [Int]) -> Double {
    checkRows(probabilities, labels)
    var sum = 0.0
    for (row, label) in labels.enumerated() {
      for column in 0..<probabilities.shape[1] {
        let difference = probabilities[row, column] - (column == label ? 1 : 0)
        sum += difference * difference
      }
    }
    return sum / Double(labels.count)
  }

  /// The expected calibration error: how far confidence and accuracy lie apart, Σ_b (n_b/n)·|acc(b) − conf(b)|.
  ///
  /// Images are put into bins of equal width by their largest probability, each bin open below and closed above;
  /// acc(b) is the fraction of right predictions in a bin and conf(b) its mean confidence.
  ///
  /// Source: C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, *On calibration of modern neural networks*, ICML 2017, eq. 3.
  ///
  /// - Parameters:
  ///   - probabilities: `[N, K]`.
  ///   - labels: The true class of each image.
  ///   - bins: The number of bins, at least 1.
  /// - Returns: The error, 0…1.
  public static func calibrationError(_ probabilities: Tensor<Double>, _ labels: [Int], bins: Int = 15) -> Double {
    precondition(bins >= 1, "expected at least one bin, got \(bins)")
    checkRows(probabilities, labels)
    var gaps = [Double](repeating: 0, count: bins)
    for (row, prediction) in predictions(probabilities).enumerated() {
      let confidence = probabilities[row, prediction]
      let bin = min(bins - 1, max(0, Int((confidence * Double(bins)).rounded(.up)) - 1))
      gaps[bin] += (prediction == labels[row] ? 1 : 0) - confidence
    }
    return gaps.reduce(0) { $0 + abs($1) } / Double(labels.count)
  }
}
