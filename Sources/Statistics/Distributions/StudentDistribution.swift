/// Student's t distribution.
public struct StudentDistribution: Sendable {
  /// The degrees of freedom ν.
  public let degreesOfFreedom: Double

  /// Creates the distribution.
  ///
  /// - Parameter degreesOfFreedom: ν > 0.
  public init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "expected positive degrees of freedom, got \(degreesOfFreedom)")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability of a value of at most t: ½·I_x(ν/2, ½) with x = ν/(ν + t²) for t ≤ 0, and by symmetry above.
  public func cumulative(_ t: Double) -> Double {
    if t > 0 { return 1 - cumulative(-t) }
    let sum = degreesOfFreedom + t * t
    return IncompleteBeta.regularized(
      sum.isFinite ? degreesOfFreedom / sum : 0, complement: sum.isFinite ? t * t / sum : 1, a: degreesOfFreedom / 2,
      b: 0.5) / 2
  }

  /// The probability of a value at least as far from 0 as t.
  public func twoSidedProbability(_ t: Double) -> Double { min(1, 2 * cumulative(-abs(t))) }

  /// The value that is not exceeded with probability p.
  ///
  /// - Parameter p: A probability, 0 < p < 1.
  /// - Returns: The quantile, relative error below 1e-11 up to a thousand degrees of freedom.
  public func quantile(_ p: Double) -> Double {
    precondition(p > 0 && p < 1, "expected a probability between 0 and 1, got \(p)")
    return symmetricQuantile(p, lowerTail: cumulative)
  }
}
