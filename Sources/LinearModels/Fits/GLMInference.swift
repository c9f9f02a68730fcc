public import Statistics
public import Tensors

/// Standard errors, tests and confidence intervals of the parameters of a fit without a penalty.
///
/// The covariance is φ·(Σ wᵢ·X̃ᵀVX̃)⁻¹, the inverse of the expected information with the dispersion φ. The statistic of
/// a parameter over its standard error is compared with Student's t distribution for the Gaussian family, whose
/// dispersion is estimated, and with the normal distribution for the others (Wald's test). Of K classes it is the
/// pseudo-inverse in the gauge Σₖ wₖ = 0; ``relative(to:)`` gives what packages with a reference class print.
public struct GLMInference: Sendable, Equatable {
  /// The parameters, `[K, D + 1]`, intercepts last.
  public let parameters: Tensor<Double>
  /// Their covariance, `[P, P]` with P = K(D + 1) in the row-major order of ``parameters``; NaN where a column was
  /// dropped.
  public let covariance: Tensor<Double>
  /// The degrees of freedom of Student's t; `nil` for the normal distribution.
  public let residualDegreesOfFreedom: Double?

  /// The square roots of the diagonal of the covariance, `[K, D + 1]`.
  public var standardErrors: Tensor<Double> {
    Tensor((0..<parameters.count).map { covariance[$0, $0].squareRoot() }, shape: parameters.shape)
  }

  /// Each parameter over its standard error, `[K, D + 1]`: t or z.
  public var statistics: Tensor<Double> { parameters * standardErrors.map { 1 / $0 } }

  /// The probability of a statistic at least as far from 0 if the parameter were 0, `[K, D + 1]`.
  public var pValues: Tensor<Double> {
    statistics.map { statistic in
      guard let degrees = residualDegreesOfFreedom else { return 2 * NormalDistribution.cumulative(-abs(statistic)) }
      return StudentDistribution(degreesOfFreedom: degrees).twoSidedProbability(statistic)
    }
  }

  /// The confidence intervals of the parameters, in the row-major order of ``parameters``.
  ///
  /// - Parameter confidence: The probability with which an interval covers its parameter, between 0 and 1.
  /// - Returns: K·(D + 1) intervals.
  public func intervals(confidence: Double = 0.95) -> [ConfidenceInterval] {
    let p = 0.5 + confidence / 2
    let quantile =
      residualDegreesOfFreedom.map { StudentDistribution(degreesOfFreedom: $0).quantile(p) }
      ?? NormalDistribution.quantile(p)
    return zip(parameters.elements, standardErrors.elements).map { parameter, error in
      ConfidenceInterval(
        lower: parameter - quantile * error, upper: parameter + quantile * error, confidence: confidence)
    }
  }

  /// The parameters of the multinomial family less those of one class, with the covariance of the differences.
  ///
  /// - Parameter reference: The class, whose rows become 0.
  /// - Returns: The inference, `[K, D + 1]`; that of the reference class is 0 with covariance 0.
  public func relative(to reference: Int) -> GLMInference {
    let (rows, size) = (parameters.shape[0], parameters.shape[1])
    precondition((0..<rows).contains(reference), "expected a class of 0..<\(rows), got \(reference)")
    let origin = reference * size
    let differences = Tensor(
      (0..<rows * size).map { parameters[$0 / size, $0 % size] - parameters[reference, $0 % size] },
      shape: parameters.shape)
    let differenceCovariance = Tensor<Double>(shape: covariance.shape) { target in
      for i in 0..<rows * size {
        for j in 0..<rows * size {
          let (a, b) = (origin + i % size, origin + j % size)
          target[i * rows * size + j] = covariance[i, j] - covariance[i, b] - covariance[a, j] + covariance[a, b]
        }
      }
    }
    return GLMInference(
      parameters: differences, covariance: differenceCovariance, residualDegreesOfFreedom: residualDegreesOfFreedom)
  }
}
