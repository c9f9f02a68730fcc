/// A link of the binomial family, in terms that neither overflow nor cancel: p = g⁻¹(η).
protocol ProbabilityLink {
  /// log p.
  static func logMean(_ score: Double) -> Double
  /// log(1 − p).
  static func logComplement(_ score: Double) -> Double
  /// p′/p and p′/(1 − p), the derivatives of log p and of −log(1 − p).
  static func hazards(_ score: Double) -> (success: Double, failure: Double)
}

/// The binomial family: −y·log p − (1 − y)·log(1 − p), less its value at p = y.
enum BinomialLoss<Terms: ProbabilityLink>: RowLoss {
  static func terms(_ score: Double, _ response: Double) -> RowTerms {
    let (success, failure) = Terms.hazards(score)
    var loss = 0.0
    if response > 0 { loss -= response * (Terms.logMean(score) - Double.log(response)) }
    if response < 1 { loss -= (1 - response) * (Terms.logComplement(score) - Double.log(1 - response)) }
    return RowTerms(
      loss: loss, slope: (1 - response) * failure - response * success, curvature: success * failure)
  }
}

/// The logistic function p = 1/(1 + e^−η).
enum LogitTerms: ProbabilityLink {
  static func logMean(_ score: Double) -> Double {
    min(score, 0) - Double.log(onePlus: Double.exp(-abs(score)))
  }

  static func logComplement(_ score: Double) -> Double { logMean(-score) }

  static func hazards(_ score: Double) -> (success: Double, failure: Double) {
    let small = Double.exp(-abs(score))
    let (upper, lower) = (1 / (1 + small), small / (1 + small))
    return score > 0 ? (lower, upper) : (upper, lower)
  }
}

/// The Gumbel distribution function p = 1 − exp(−e^η).
enum CloglogTerms: ProbabilityLink {
  static func logMean(_ score: Double) -> Double { Double.log(-Double.expMinusOne(-Double.exp(score))) }

  static func logComplement(_ score: Double) -> Double { -Double.exp(score) }

  static func hazards(_ score: Double) -> (success: Double, failure: Double) {
    let rate = Double.exp(min(score, 690))
    return (rate < 1e-300 ? 1 : rate > 700 ? 0 : rate / Double.expMinusOne(rate), rate)
  }
}

/// The exponential p = e^η, for η < 0.
enum LogProbabilityTerms: ProbabilityLink {
  static func logMean(_ score: Double) -> Double { score < 0 ? score : -.infinity }

  static func logComplement(_ score: Double) -> Double {
    score < 0 ? Double.log(-Double.expMinusOne(score)) : -.infinity
  }

  static func hazards(_ score: Double) -> (success: Double, failure: Double) {
    score < 0 ? (1, 1 / Double.expMinusOne(-score)) : (0, 0)
  }
}
