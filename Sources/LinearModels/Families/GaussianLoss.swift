/// The Gaussian family with identity link: ½(y − η)².
enum GaussianIdentityLoss: RowLoss {
  static func terms(_ score: Double, _ response: Double) -> RowTerms {
    let residual = score - response
    return RowTerms(loss: residual * residual / 2, slope: residual, curvature: 1)
  }
}

/// The Gaussian family with log link: ½(y − exp η)², which is not convex.
enum GaussianLogLoss: RowLoss {
  static func terms(_ score: Double, _ response: Double) -> RowTerms {
    let mean = Double.exp(score)
    let residual = mean - response
    return RowTerms(loss: residual * residual / 2, slope: residual * mean, curvature: mean * mean)
  }
}
