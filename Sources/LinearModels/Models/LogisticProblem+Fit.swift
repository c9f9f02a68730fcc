public import Tensors

extension LogisticProblem {
  /// Finds the minimum of J by preconditioned L-BFGS.
  ///
  /// - Parameters:
  ///   - ridge: λ ≥ 0.
  ///   - start: Where to begin, all zeros when left out; changes the time, not the optimum.
  ///   - options: When to stop.
  /// - Returns: The model, with the gradient norm that was reached.
  /// - Throws: `InputError` when the ridge is negative or not finite.
  public func fit(
    ridge: Double, startingFrom start: LogisticRegression? = nil, options: SolverOptions = SolverOptions()
  ) throws -> LogisticFit {
    guard ridge >= 0 && ridge.isFinite else {
      throw InputError("ridge", "found \(ridge), expected a number of at least 0")
    }
    let minimum = LBFGS.minimize(problem, ridge: ridge, from: parameters(of: start), options: options)
    return LogisticFit(
      model: model(from: minimum.point), ridge: ridge, objective: minimum.value, gradientNorm: minimum.gradientNorm,
      iterations: minimum.iterations, converged: minimum.gradientNorm <= options.tolerance)
  }

  /// Fits one model for each ridge, each begun at the one before; from the largest ridge to the smallest.
  ///
  /// - Parameters:
  ///   - ridges: Values of λ in any order.
  ///   - options: When to stop.
  /// - Returns: The fits in the order of `ridges`.
  /// - Throws: `InputError` when a ridge is negative or not finite.
  public func fit(path ridges: [Double], options: SolverOptions = SolverOptions()) throws -> [LogisticFit] {
    var fits: [Int: LogisticFit] = [:]
    var previous: LogisticRegression?
    for index in ridges.indices.sorted(by: { ridges[$0] > ridges[$1] }) {
      let fit = try fit(ridge: ridges[index], startingFrom: previous, options: options)
      fits[index] = fit
      previous = fit.model
    }
    return ridges.indices.compactMap { fits[$0] }
  }

  /// J and its gradient at a model: the formula that ``fit(ridge:startingFrom:options:)`` minimises.
  ///
  /// - Parameters:
  ///   - model: The point.
  ///   - ridge: λ ≥ 0.
  /// - Returns: J, and ∂J/∂(wₖ, bₖ) as the rows of a `[K, D + 1]` matrix, intercepts last.
  public func objective(at model: LogisticRegression, ridge: Double) -> (value: Double, gradient: Tensor<Double>) {
    var objective = GLMObjective(problem: problem, ridge: ridge)
    var gradient = Tensor<Double>.zeros([classCount, features.shape[1] + 1])
    let value = objective.evaluate(at: parameters(of: model), gradient: &gradient)
    return (value, gradient)
  }

  private func parameters(of model: LogisticRegression?) -> Tensor<Double> {
    guard let model else { return .zeros([classCount, features.shape[1] + 1]) }
    precondition(
      model.weights.shape == [classCount, features.shape[1]],
      "expected weights of shape \([classCount, features.shape[1]]), got \(model.weights.shape)")
    return GeneralizedLinearModel(
      family: .multinomial, link: .logit, weights: model.weights, intercepts: model.intercepts
    ).parameters
  }

  private func model(from parameters: Tensor<Double>) -> LogisticRegression {
    let model = GeneralizedLinearModel(
      family: .multinomial, link: .logit, parameters: parameters.centered(columns: 0..<parameters.shape[1]))
    return LogisticRegression(weights: model.weights, intercepts: model.intercepts)
  }
}
