import Statistics
import Tensors

extension GLMProblem {
  /// The model that has only intercepts and the offset: its parameters `[K, 1]` and its deviance.
  func nullModel() -> (intercepts: Tensor<Double>, deviance: Double) {
    var objective = GLMObjective(problem: selecting(columns: []), ridge: 0)
    let minimum = Newton.minimize(
      &objective, from: startingIntercepts, options: SolverOptions(tolerance: 1e-12, maximumIterations: 100))
    return (minimum.point, 2 * totalWeight * minimum.value)
  }

  /// The intercepts of the optimum without an offset, or with one a point where all means lie in the domain.
  private var startingIntercepts: Tensor<Double> {
    if family == .multinomial { return logFrequencies.reshaped([scoreCount, 1]) }
    let score = link.score(weightedMean)
    guard let offset else { return Tensor([score], shape: [1, 1]) }
    let (mean, low, high) = (offset.sum / Double(rowCount), offset.elements.min() ?? 0, offset.elements.max() ?? 0)
    switch (family, link) {
    case (.poisson, .identity): return Tensor([max(score - mean, 0.1 * score - low)], shape: [1, 1])
    case (.binomial, .log): return Tensor([min(score - mean, 0.1 * score - high)], shape: [1, 1])
    default: return Tensor([score - mean], shape: [1, 1])
    }
  }

  /// log of the weight of each class, less their mean; an absent class counts as half a row.
  private var logFrequencies: Tensor<Double> {
    var sums = [Double](repeating: 0, count: scoreCount)
    for (row, label) in labels.enumerated() { sums[label] += rowWeights?[row] ?? 1 }
    let logarithms = sums.map { Double.log(max($0, 0.5 * totalWeight / Double(rowCount))) }
    let mean = logarithms.reduce(0, +) / Double(scoreCount)
    return Tensor(logarithms.map { $0 - mean })
  }
}

extension Link {
  /// The score η of a mean in the inside of its domain, g(μ).
  func score(_ mean: Double) -> Double {
    switch self {
    case .identity: mean
    case .log: Double.log(mean)
    case .logit: Double.log(mean) - Double.log(onePlus: -mean)
    case .probit: NormalDistribution.quantile(mean)
    case .cloglog: Double.log(-Double.log(onePlus: -mean))
    }
  }
}
