import Tensors

/// What a generalized linear model explains, one entry per row of the design matrix.
public enum Response: Sendable, Equatable {
  /// Real numbers (Gaussian), numbers of at least 0 (Poisson), or fractions from 0 to 1 (binomial).
  case numbers([Double])
  /// Classes in `0..<count` (multinomial); for the binomial family `count` is 2 and class 1 is the success.
  case classes([Int], count: Int)

  /// The number of entries.
  public var count: Int {
    switch self {
    case .numbers(let values): values.count
    case .classes(let labels, _): labels.count
    }
  }

  /// The entries of some rows, in their order.
  func gathering(_ rows: [Int]) -> Response {
    switch self {
    case .numbers(let values): .numbers(rows.map { values[$0] })
    case .classes(let labels, let count): .classes(rows.map { labels[$0] }, count: count)
    }
  }
}

/// How much each row counts.
///
/// Both kinds weigh the deviance alike and so give the same coefficients. They differ in how many observations there
/// are, which standard errors of the Gaussian family, BIC and residual degrees of freedom depend on.
public enum SampleWeights: Sendable, Equatable {
  /// Row i stands for wᵢ equal observations: n = Σ wᵢ (`freq_weights` of statsmodels).
  case frequency([Double])
  /// Row i is one observation with variance φ·V(μ)/wᵢ, such as the mean of wᵢ measurements: n is the number of rows
  /// with a positive weight (`var_weights` of statsmodels, `weights` of R, `sample_weight` of scikit-learn).
  case precision([Double])

  /// The weights.
  public var values: [Double] {
    switch self {
    case .frequency(let values), .precision(let values): values
    }
  }

  func gathering(_ rows: [Int]) -> SampleWeights {
    switch self {
    case .frequency(let values): .frequency(rows.map { values[$0] })
    case .precision(let values): .precision(rows.map { values[$0] })
    }
  }
}
