import Tensors

extension GLMProblem {
  /// Finds the minimum of J.
  ///
  /// Without a penalty, columns that depend linearly on the columns before them (to a variance inflation of 10¹¹) get
  /// the weight 0, as R does it, and data that are separated are told apart from an optimum.
  ///
  /// - Parameters:
  ///   - penalty: What is added to half the mean deviance.
  ///   - solver: The algorithm; it does not change the optimum.
  ///   - start: Where to begin, the model of the intercepts when left out; changes the time, not the optimum.
  ///   - options: When to stop.
  /// - Returns: The model, how well it was found, and what was wrong with the data.
  /// - Throws: `InputError` for a penalty that is not one, or a solver that cannot take it.
  public func fit(
    penalty: Penalty = .none, solver: Solver = .automatic, startingFrom start: GeneralizedLinearModel? = nil,
    options: SolverOptions = SolverOptions()
  ) throws -> GLMFit {
    try penalty.validate(columns: featureCount)
    let audit = ColumnAudit(self, lookingForCollinearity: penalty.isNone)
    let null = nullModel()
    let solver = try solver.resolved(for: self, penalty)
    let first = start?.parameters ?? startingPoint(null.intercepts)
    precondition(
      first.shape == [scoreCount, featureCount + 1],
      "expected a start of shape \([scoreCount, featureCount + 1]), got \(first.shape)")
    let minimum = minimum(penalty: penalty, solver: solver, start: first, dropping: audit.collinear, options: options)
    return GLMFit(
      problem: self, penalty: penalty, solver: solver, minimum: minimum, nullDeviance: null.deviance, audit: audit,
      options: options)
  }

  func startingPoint(_ intercepts: Tensor<Double>) -> Tensor<Double> {
    intercepts.scatteringColumns([featureCount], count: featureCount + 1)
  }

  /// The minimum over the columns that are not dropped, with zeros for those that are.
  private func minimum(
    penalty: Penalty, solver: Solver, start: Tensor<Double>, dropping dropped: [Int], options: SolverOptions
  ) -> Minimum {
    guard !dropped.isEmpty else { return minimum(penalty: penalty, solver: solver, start: start, options: options) }
    let kept = (0..<featureCount).filter { !dropped.contains($0) }
    let places = kept + [featureCount]
    let minimum = selecting(columns: kept).minimum(
      penalty: penalty, solver: solver, start: start.gatheringColumns(places), options: options)
    return minimum.replacing(point: minimum.point.scatteringColumns(places, count: featureCount + 1))
  }

  private func minimum(
    penalty: Penalty, solver: Solver, start: Tensor<Double>, options: SolverOptions
  ) -> Minimum {
    if solver == .coordinateDescent {
      return CoordinateDescent.minimize(self, penalty: penalty, from: start, options: options)
    }
    var objective = GLMObjective(problem: self, ridge: penalty.ridge)
    let centered = start.centered(columns: 0..<featureCount + 1)
    let minimum =
      solver == .newton
      ? Newton.minimize(&objective, from: centered, options: options)
      : LBFGS.minimize(&objective, from: centered, options: options)
    return minimum.replacing(point: minimum.point.centered(columns: 0..<featureCount + 1))
  }
}

extension Minimum {
  func replacing(point: Tensor<Double>) -> Minimum {
    Minimum(point: point, value: value, gradientNorm: gradientNorm, iterations: iterations)
  }
}
