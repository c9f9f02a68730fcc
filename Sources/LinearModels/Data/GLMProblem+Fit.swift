public import Tensors

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
    let preparation = GLMPreparation(self, lookingForCollinearity: penalty.isNone)
    return try preparation.fit(
      penalty, solver, from: start.map { GLMPreparation.Start(model: $0, strength: nil) }, options)
  }

  /// Fits a whole regularisation path, each fit begun at the one before; from the largest λ to the smallest.
  ///
  /// - Parameters:
  ///   - kind: The penalty.
  ///   - strengths: Values of λ in any order, such as those of ``strengths(_:count:ratio:)``.
  ///   - solver: The algorithm.
  ///   - options: When to stop.
  ///   - willFit: Called with each λ before its fit; an error that it throws ends the path.
  /// - Returns: The fits in the order of `strengths`.
  /// - Throws: `InputError` for a penalty that is not one, or a solver that cannot take it; what `willFit` throws.
  public func path(
    _ kind: Penalty.Kind, strengths: [Double], solver: Solver = .automatic, options: SolverOptions = SolverOptions(),
    willFit: (Double) throws -> Void = { _ in }
  ) throws -> [GLMFit] {
    let preparation = GLMPreparation(self, lookingForCollinearity: strengths.contains(0))
    var fits: [Int: GLMFit] = [:]
    var previous: GLMPreparation.Start?
    for index in strengths.indices.sorted(by: { strengths[$0] > strengths[$1] }) {
      try willFit(strengths[index])
      let fit = try preparation.fit(Penalty(kind, strength: strengths[index]), solver, from: previous, options)
      fits[index] = fit
      previous = GLMPreparation.Start(model: fit.model, strength: strengths[index])
    }
    return strengths.indices.compactMap { fits[$0] }
  }

  /// J and its gradient at a model: the smooth part of the formula that a fit minimises.
  ///
  /// - Parameters:
  ///   - model: The point.
  ///   - ridge: λ₂ ≥ 0 of the penalty (λ₂/2)‖W‖².
  /// - Returns: J, and ∂J/∂(wₖ, bₖ) as the rows of a `[K, D + 1]` matrix, intercepts last.
  public func objective(
    at model: GeneralizedLinearModel, ridge: Double
  ) -> (value: Double, gradient: Tensor<Double>) {
    let parameters = model.parameters
    precondition(
      parameters.shape == [scoreCount, featureCount + 1],
      "expected parameters of shape \([scoreCount, featureCount + 1]), got \(parameters.shape)")
    var objective = GLMObjective(problem: self, ridge: ridge)
    var gradient = Tensor<Double>.zeros(parameters.shape)
    let value = objective.evaluate(at: parameters, gradient: &gradient)
    return (value, gradient)
  }

  /// Parameters with the given intercepts `[K, 1]` and no weights.
  func startingPoint(_ intercepts: Tensor<Double>) -> Tensor<Double> {
    intercepts.scatteringColumns([featureCount], count: featureCount + 1)
  }
}
