import Tensors

/// The softmax of one row of scores, shifted by the largest so that it cannot overflow.
enum Softmax {
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
