import Numerics

extension Scores {
  /// The root of the mean squared difference of predictions and targets, in the targets' unit.
  ///
  /// - Parameters:
  ///   - predictions: One number per image.
  ///   - targets: As many.
  /// - Returns: The error, at least 0.
  public static func rootMeanSquaredError(_ predictions: [Double], _ targets: [Double]) -> Double {
    (squaredError(predictions, targets) / Double(targets.count)).squareRoot()
  }

  /// The coefficient of determination R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)².
  ///
  /// 1 is perfect, 0 as good as the mean of the targets; of targets without spread 1 when all are met and 0 otherwise, as
  /// `sklearn.metrics.r2_score`.
  ///
  /// - Parameters:
  ///   - predictions: One number per image.
  ///   - targets: As many.
  /// - Returns: R², at most 1.
  public static func determination(_ predictions: [Double], _ targets: [Double]) -> Double {
    let residual = squaredError(predictions, targets)
    let mean = targets.reduce(0, +) / Double(targets.count)
    let total = targets.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    guard total > 0 else { return residual == 0 ? 1 : 0 }
    return 1 - residual / total
  }

  /// The mean unit deviance of counts from predicted rates, 2/n·Σ(y·ln(y/μ) − y + μ), as
  /// `sklearn.metrics.mean_poisson_deviance`.
  ///
  /// - Parameters:
  ///   - rates: μ > 0, one per image.
  ///   - counts: y ≥ 0, as many.
  /// - Returns: The deviance, at least 0.
  public static func poissonDeviance(_ rates: [Double], _ counts: [Double]) -> Double {
    precondition(
      rates.count == counts.count && !counts.isEmpty && rates.allSatisfy { $0 > 0 } && counts.allSatisfy { $0 >= 0 },
      "expected a positive rate for each of \(counts.count) counts, got \(rates.count)")
    let sum = zip(rates, counts).reduce(0) { sum, pair in
      sum + (pair.1 > 0 ? pair.1 * .log(pair.1 / pair.0) : 0) - pair.1 + pair.0
    }
    return 2 * sum / Double(counts.count)
  }

  private static func squaredError(_ predictions: [Double], _ targets: [Double]) -> Double {
    precondition(
      predictions.count == targets.count && !targets.isEmpty,
      "expected one prediction for each of \(targets.count) targets, got \(predictions.count)")
    return zip(predictions, targets).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }
}
