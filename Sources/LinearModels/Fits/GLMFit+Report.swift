import Tensors

extension GLMFit {
  /// Draws up the report of a minimum.
  init(
    problem: GLMProblem, penalty: Penalty, solver: Solver, minimum: Minimum, nullDeviance: Double, audit: ColumnAudit,
    options: SolverOptions
  ) {
    let model = GeneralizedLinearModel(family: problem.family, link: problem.link, parameters: minimum.point)
    let deviance = 2 * problem.totalWeight * max(0, minimum.value - penalty.value(model.weights))
    var diagnostics = audit.diagnostics(problem, penalty)
    let separation = penalty.isNone ? Separation.find(problem, at: minimum.point, dropping: audit.collinear) : nil
    let hasArrived = minimum.gradientNorm <= options.tolerance
    if let separation {
      diagnostics.append(separation)
    } else if !hasArrived {
      diagnostics.append(.notConverged(gradientNorm: minimum.gradientNorm, iterations: minimum.iterations))
    }
    self.init(
      model: model, penalty: penalty, solver: solver, objective: minimum.value, gradientNorm: minimum.gradientNorm,
      iterations: minimum.iterations, converged: hasArrived && separation == nil, deviance: deviance,
      nullDeviance: nullDeviance, logLikelihood: problem.logLikelihood(deviance: deviance),
      observationCount: problem.observationCount,
      degreesOfFreedom: problem.effectiveParameters(of: model, penalty: penalty, dropping: audit.collinear),
      diagnostics: diagnostics)
  }
}

extension GLMProblem {
  /// The log likelihood that belongs to a deviance.
  func logLikelihood(deviance: Double) -> Double {
    let n = observationCount
    switch family {
    case .gaussian:
      var logWeights = 0.0
      if case .precision(let values) = weights {
        for value in values where value > 0 { logWeights += Double.log(value) }
      }
      return -n / 2 * (Double.log(2 * .pi * deviance / n) + 1) + logWeights / 2
    case .binomial:
      return sum { y in relativeEntropyTerm(y, 1) + relativeEntropyTerm(1 - y, 1) } - deviance / 2
    case .poisson:
      return sum { y in relativeEntropyTerm(y, 1) - y - Double.logGamma(y + 1) } - deviance / 2
    case .multinomial: return -deviance / 2
    }
  }

  /// Σ wᵢ·term(yᵢ).
  private func sum(_ term: (Double) -> Double) -> Double {
    (0..<rowCount).reduce(0) { $0 + (rowWeights?[$1] ?? 1) * term(targets[$1]) }
  }
}
