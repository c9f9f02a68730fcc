import Tensors

extension GLMProblem {
  /// Standard errors, tests and confidence intervals of a fit of this problem.
  ///
  /// - Parameter fit: A fit without a penalty that converged.
  /// - Returns: The inference, whose covariance has K²(D + 1)² elements.
  /// - Throws: `InputError` for a fit with a penalty, one that did not converge, or a Gaussian fit that leaves no
  ///   degrees of freedom: none of them has standard errors.
  public func inference(of fit: GLMFit) throws -> GLMInference {
    guard fit.penalty.isNone else {
      throw InputError(
        "standard errors", "the fit has the penalty \(fit.penalty), which biases its weights",
        remedy: "Fit without a penalty.")
    }
    guard fit.converged else {
      throw InputError(
        "standard errors", "the fit did not converge: \(fit.diagnostics.last?.description ?? "no optimum was found")")
    }
    guard family != .gaussian || fit.residualDegreesOfFreedom > 0 else {
      throw InputError(
        "standard errors",
        "\(Int(fit.observationCount)) observations for \(Int(fit.degreesOfFreedom)) parameters leave none for the variance",
        remedy: "Use more rows or fewer columns.")
    }
    return GLMInference(
      parameters: fit.model.parameters, covariance: covariance(of: fit),
      residualDegreesOfFreedom: family == .gaussian ? fit.residualDegreesOfFreedom : nil)
  }

  private func covariance(of fit: GLMFit) -> Tensor<Double> {
    let columns = keptColumns(of: fit)
    let places = columns + [featureCount]
    let reduced = columns.count == featureCount ? self : selecting(columns: columns)
    let own = reduced.information(at: fit.model.parameters.gatheringColumns(places)).inverse(
      classes: scoreCount, factor: fit.dispersion)
    guard columns.count < featureCount else { return own }
    let (size, count) = (places.count, featureCount + 1)
    var covariance = Tensor<Double>(repeating: .nan, shape: [scoreCount * count, scoreCount * count])
    for i in 0..<scoreCount * size {
      for j in 0..<scoreCount * size {
        covariance[i / size * count + places[i % size], j / size * count + places[j % size]] = own[i, j]
      }
    }
    return covariance
  }

  private func keptColumns(of fit: GLMFit) -> [Int] {
    let dropped = fit.diagnostics.reduce(into: Set<Int>()) { dropped, diagnostic in
      switch diagnostic {
      case .constantColumns(let columns), .collinearColumns(let columns): dropped.formUnion(columns)
      default: break
      }
    }
    return (0..<featureCount).filter { !dropped.contains($0) }
  }

  /// The expected information Σ wᵢ·(second derivative), `[P, P]`.
  private func information(at parameters: Tensor<Double>) -> Tensor<Double> {
    var objective = GLMObjective(problem: self, ridge: 0)
    var gradient = Tensor<Double>.zeros(parameters.shape)
    _ = objective.evaluate(at: parameters, gradient: &gradient)
    return totalWeight * objective.hessian(at: parameters)
  }
}

extension Tensor where Element == Double {
  /// A factor times the inverse of an information matrix whose lower triangle is filled, for K classes the
  /// pseudo-inverse in the gauge.
  fileprivate func inverse(classes: Int, factor: Double) -> Tensor {
    let size = shape[0]
    var matrix = self
    matrix.fixGauge(classes: classes)
    guard let factorization = CholeskyFactorization(matrix) else {
      return Tensor(repeating: .nan, shape: shape)
    }
    var inverse = Tensor.zeros(shape)
    for index in 0..<size { inverse[index, index] = 1 }
    factorization.solve(&inverse)
    if classes > 1 {
      let share = 1 / (Swift.max(meanOfDiagonal, .leastNormalMagnitude) * Double(classes))
      let block = size / classes
      for i in 0..<size {
        for k in 0..<classes { inverse[i, k * block + i % block] -= share }
      }
    }
    return factor * inverse
  }
}
