import Tensors

/// Extrapolates a sequence that converges linearly to its limit.
///
/// After m + 1 points x₀ … xₘ the limit is estimated by Σ cᵢxᵢ₊₁ with the c that minimise ‖Σ cᵢ(xᵢ₊₁ − xᵢ)‖ under Σ cᵢ
/// = 1. Source: Q. Bertrand, M. Massias, *Anderson acceleration of coordinate descent*, AISTATS 2021, algorithm 1.
struct AndersonExtrapolation {
  /// m, the number of differences that are combined.
  private static let depth = 5

  private var points: [Tensor<Double>] = []

  /// Remembers a point; the estimate of the limit whenever there are enough of them.
  mutating func record(_ point: Tensor<Double>) -> Tensor<Double>? {
    points.append(point)
    guard points.count > Self.depth else { return nil }
    defer { points.removeAll() }
    let differences = (0..<Self.depth).map { points[$0 + 1] - points[$0] }
    var gram = Tensor<Double>.zeros([Self.depth, Self.depth])
    for row in 0..<Self.depth {
      for column in 0..<Self.depth { gram[row, column] = differences[row].dot(differences[column]) }
    }
    guard let factorization = gram.jitteredCholesky(scale: 1e-4 * gram.meanOfDiagonal) else { return nil }
    var coefficients = Tensor<Double>(repeating: 1, shape: [1, Self.depth])
    factorization.solve(&coefficients)
    let sum = coefficients.sum
    guard sum.isFinite && sum != 0 else { return nil }
    var limit = Tensor<Double>.zeros(point.shape)
    for index in 0..<Self.depth { limit.add(points[index + 1], times: coefficients[0, index] / sum) }
    return limit
  }
}
