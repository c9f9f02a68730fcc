import Statistics
import Tensors

/// The normal distribution function p = Φ(η).
enum ProbitTerms: ProbabilityLink {
  static func logMean(_ score: Double) -> Double {
    score < tail
      ? logDensity(score) - Double.log(-score) + Double.log(tailSeries(score))
      : score > 5
        ? Double.log(onePlus: -NormalDistribution.cumulative(-score)) : Double.log(NormalDistribution.cumulative(score))
  }

  static func logComplement(_ score: Double) -> Double { logMean(-score) }

  static func hazards(_ score: Double) -> (success: Double, failure: Double) {
    (inverseMills(score), inverseMills(-score))
  }

  /// φ(η)/Φ(η).
  private static func inverseMills(_ score: Double) -> Double {
    score < tail
      ? -score / tailSeries(score) : Double.exp(logDensity(score)) / NormalDistribution.cumulative(score)
  }

  /// Where the asymptotic series has all digits.
  private static let tail = -20.0

  /// log φ(η).
  private static func logDensity(_ score: Double) -> Double { -score * score / 2 - Double.log(2 * .pi) / 2 }

  /// Φ(η)·(−η)/φ(η) = 1 − 1/η² + 3/η⁴ − 15/η⁶ + … for η far below 0.
  private static func tailSeries(_ score: Double) -> Double {
    let step = -1 / (score * score)
    var (sum, term) = (1.0, 1.0)
    for index in stride(from: 1.0, through: 17, by: 2) {
      term *= index * step
      sum += term
    }
    return sum
  }
}
