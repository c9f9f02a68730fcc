import Tensors

extension GLMProblem {
  /// The smallest λ at which all weights are 0.
  ///
  /// The largest |gⱼ| of the gradient of half the mean deviance at the model of the intercepts, over α for the elastic
  /// net; the largest ‖G_g‖/√|g| for groups. Ridge never makes weights 0: as in glmnet it takes the λ of an elastic net
  /// with α = 10⁻³.
  ///
  /// - Parameter kind: The penalty.
  /// - Returns: λ, at least the least normal number.
  /// - Throws: `InputError` for a penalty that is not one.
  public func largestStrength(_ kind: Penalty.Kind) throws -> Double {
    try Penalty(kind, strength: 1).validate(columns: featureCount)
    return largestStrength(kind, intercepts: nullModel().intercepts)
  }

  func largestStrength(_ kind: Penalty.Kind, intercepts: Tensor<Double>) -> Double {
    let penalty = Penalty(kind, strength: 1)
    var objective = GLMObjective(problem: self, ridge: 0)
    let start = startingPoint(intercepts)
    var gradient = Tensor<Double>.zeros(start.shape)
    _ = objective.evaluate(at: start, gradient: &gradient)
    let critical = penalty.sparsityTerm.criticalStrengths(gradient).max() ?? 0
    return max(critical / max(penalty.sparsity, 1e-3), .leastNormalMagnitude)
  }

  /// Values of λ evenly spaced in their logarithm, from ``largestStrength(_:)`` downwards.
  ///
  /// - Parameters:
  ///   - kind: The penalty.
  ///   - count: How many, at least 1.
  ///   - ratio: The last over the first; 10⁻⁴ with more rows than columns, else 10⁻², as in glmnet, when left out.
  /// - Returns: The values, descending.
  /// - Throws: `InputError` for a penalty that is not one, a count below 1 or a ratio that is not between 0 and 1.
  public func strengths(_ kind: Penalty.Kind, count: Int = 100, ratio: Double? = nil) throws -> [Double] {
    let ratio = ratio ?? (rowCount > featureCount ? 1e-4 : 1e-2)
    guard count >= 1 else { throw InputError("path", "found \(count) values of λ, expected at least 1") }
    guard ratio > 0 && ratio < 1 else {
      throw InputError("path", "found a ratio of \(ratio), expected a number between 0 and 1")
    }
    let largest = try largestStrength(kind)
    return (0..<count).map { largest * Double.pow(ratio, Double($0) / Double(max(1, count - 1))) }
  }
}
