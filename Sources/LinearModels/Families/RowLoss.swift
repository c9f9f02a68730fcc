/// What one row adds to an objective: half its unit deviance as a function of the score.
struct RowTerms {
  /// d(y, μ)/2, which is 0 where μ = y; infinite for a score outside the domain.
  let loss: Double
  /// ∂(d/2)/∂η = −(y − μ)·μ′/V(μ).
  let slope: Double
  /// The expected second derivative μ′²/V(μ), the weight of a row in iteratively reweighted least squares.
  let curvature: Double
}

/// The loss of one family with one link, for families with one score per row.
protocol RowLoss {
  /// The terms of a row with score η and response y.
  static func terms(_ score: Double, _ response: Double) -> RowTerms

  /// Adds the losses of rows and replaces their scores by slopes; all three terms are multiplied by the rows' weights.
  ///
  /// A requirement so that each family compiles into a loop of its own.
  static func evaluate(_ rows: LossRows) -> Double
}

/// Scores, responses and weights of some rows, and where the curvatures go.
struct LossRows {
  let scores: UnsafeMutablePointer<Double>
  let responses: UnsafePointer<Double>
  let weights: UnsafePointer<Double>?
  let curvatures: UnsafeMutablePointer<Double>
  let count: Int
}

extension RowLoss {
  static func evaluate(_ rows: LossRows) -> Double {
    var loss = 0.0
    for row in 0..<rows.count {
      let terms = terms(rows.scores[row], rows.responses[row])
      let weight = rows.weights.map { $0[row] } ?? 1
      guard weight > 0 else {
        (rows.scores[row], rows.curvatures[row]) = (0, 0)
        continue
      }
      loss += weight * terms.loss
      rows.scores[row] = weight * terms.slope
      rows.curvatures[row] = weight * terms.curvature
    }
    return loss
  }
}

extension Family {
  /// The loss of a row; the multinomial family has its own, over all scores at once.
  func rowLoss(_ link: Link) -> any RowLoss.Type {
    switch (self, link) {
    case (.gaussian, .log): GaussianLogLoss.self
    case (.gaussian, _): GaussianIdentityLoss.self
    case (.poisson, .identity): PoissonIdentityLoss.self
    case (.poisson, _): PoissonLogLoss.self
    case (_, .probit): BinomialLoss<ProbitTerms>.self
    case (_, .cloglog): BinomialLoss<CloglogTerms>.self
    case (_, .log): BinomialLoss<LogProbabilityTerms>.self
    default: BinomialLoss<LogitTerms>.self
    }
  }
}

/// x·log(x/y), 0 at x = 0.
func relativeEntropyTerm(_ x: Double, _ y: Double) -> Double { x == 0 ? 0 : x * Double.log(x / y) }
