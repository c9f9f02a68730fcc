/// The Poisson family with log link: exp η − y·η, less its value at the mean y.
enum PoissonLogLoss: RowLoss {
  static func terms(_ score: Double, _ response: Double) -> RowTerms {
    let mean = Double.exp(score)
    let saturated = response == 0 ? 0 : response * Double.log(response) - response
    return RowTerms(loss: mean - response * score + saturated, slope: mean - response, curvature: mean)
  }
}

/// The Poisson family with identity link: η − y·log η, less its value at the mean y, for η > 0.
enum PoissonIdentityLoss: RowLoss {
  static func terms(_ score: Double, _ response: Double) -> RowTerms {
    guard score > 0 else { return RowTerms(loss: .infinity, slope: 0, curvature: 0) }
    return RowTerms(
      loss: score - response + relativeEntropyTerm(response, score), slope: 1 - response / score,
      curvature: 1 / score)
  }
}
