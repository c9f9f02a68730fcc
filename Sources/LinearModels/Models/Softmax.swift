import Numerics
public import Tensors

/// The softmax of scores, shifted by the largest so that it cannot overflow.
public enum Softmax {
  /// The probabilities softmax(z) of each row of scores.
  ///
  /// - Parameter scores: `[N, K]`.
  /// - Returns: `[N, K]`; each row sums to 1.
  public static func probabilities(_ scores: Tensor<Double>) -> Tensor<Double> {
    precondition(scores.rank == 2 && scores.shape[1] > 0, "expected scores [N, K], got shape \(scores.shape)")
    let classCount = scores.shape[1]
    var result = scores
    result.withUnsafeMutableBufferPointer { values in
      for start in stride(from: 0, to: values.count, by: classCount) {
        logarithms(UnsafeMutableBufferPointer(rebasing: values[start..<start + classCount]))
      }
    }
    return result.map { Double.exp($0) }
  }

  /// Replaces scores z by log softmax(z) = z − max z − log Σ exp(z − max z).
  static func logarithms(_ scores: UnsafeMutableBufferPointer<Double>) {
    let largest = scores.max() ?? 0
    let shift = largest + Double.log(scores.reduce(0) { $0 + Double.exp($1 - largest) })
    for index in scores.indices { scores[index] -= shift }
  }

  /// Replaces scores z by softmax(z) and returns log softmax(z) of one class.
  @inline(__always)
  static func probabilities(_ scores: UnsafeMutablePointer<Double>, count: Int, label: Int) -> Double {
    var largest = scores[0]
    for index in 1..<count { largest = max(largest, scores[index]) }
    let labelScore = scores[label] - largest
    var sum = 0.0
    for index in 0..<count {
      scores[index] = Double.exp(scores[index] - largest)
      sum += scores[index]
    }
    for index in 0..<count { scores[index] /= sum }
    return labelScore - Double.log(sum)
  }
}
