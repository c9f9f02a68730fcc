import Tensors

/// The function g between the mean of the response and the score: g(μ) = η = w·x + b + offset.
public enum Link: String, Sendable, CaseIterable {
  /// η = μ.
  case identity
  /// η = log(μ/(1 − μ)); for the multinomial family the softmax of K scores.
  case logit
  /// η = log μ.
  case log
  /// η = Φ⁻¹(μ), Φ being the standard normal distribution function.
  case probit
  /// η = log(−log(1 − μ)), the complementary log-log.
  case cloglog

  /// Finds a link by its name, such as `probit`.
  ///
  /// - Parameter name: One of the names of all cases.
  /// - Throws: `InputError` that lists the names.
  public init(named name: String) throws {
    guard let link = Link(rawValue: name) else {
      throw InputError("link", "expected \(Self.allCases.map(\.rawValue).listed), got '\(name)'")
    }
    self = link
  }

  /// The mean μ of a score, g⁻¹(η).
  ///
  /// - Parameter score: η.
  /// - Returns: μ.
  public func mean(_ score: Double) -> Double {
    switch self {
    case .identity: score
    case .log: Double.exp(score)
    case .logit: Double.exp(LogitTerms.logMean(score))
    case .probit: Double.exp(ProbitTerms.logMean(score))
    case .cloglog: Double.exp(CloglogTerms.logMean(score))
    }
  }
}
