import Tensors

/// Newton's method with the expected Hessian: iteratively reweighted least squares with step halving.
///
/// Each step solves H·Δ = −∇J by Cholesky, H being the expected Hessian (Fisher information) of half the mean deviance
/// plus the ridge; for canonical links that is the Hessian itself. For K classes H is singular along the gauge, where Δ
/// is kept at 0 by adding (t/K)·11ᵀ ⊗ I, t being the mean of the diagonal: the gradient has no part there. Source: P.
/// McCullagh, J. A. Nelder, *Generalized Linear Models* (1989), section 2.5.
enum Newton {
  /// How many steps in a row may leave the gradient as large as it was before rounding is taken to be reached.
  private static let patience = 10

  static func minimize(
    _ objective: inout GLMObjective<Double>, from start: Tensor<Double>, options: SolverOptions
  ) -> Minimum {
    var state = Descent(&objective, start)
    var (iterations, smallest, idle) = (0, Double.infinity, 0)
    while state.gradientNorm > options.tolerance && iterations < options.maximumIterations && idle < patience {
      let before = state.value
      smallest = min(smallest, state.gradientNorm)
      guard let direction = direction(&objective, state), state.move(along: direction, &objective) else { break }
      iterations += 1
      let isIdle = before - state.value <= 1e-14 * max(1e-3, abs(state.value)) && state.gradientNorm > 0.99 * smallest
      idle = isIdle ? idle + 1 : 0
    }
    return Minimum(
      point: state.point, value: state.value, gradientNorm: state.gradientNorm, iterations: iterations)
  }

  private static func direction(_ objective: inout GLMObjective<Double>, _ state: Descent) -> Tensor<Double>? {
    var hessian = objective.hessian(at: state.point)
    hessian.fixGauge(classes: state.point.shape[0])
    guard let factorization = CholeskyFactorization(hessian) ?? hessian.jitteredCholesky(scale: hessian.meanOfDiagonal)
    else { return nil }
    var direction = (-1 * state.gradient).reshaped([1, state.gradient.count])
    factorization.solve(&direction)
    return direction.reshaped(state.gradient.shape)
  }
}

extension Tensor where Element == Double {
  /// Adds (t/K)·11ᵀ ⊗ I to a Hessian `[K·P, K·P]`, which makes it definite along the gauge, t being the mean of its
  /// diagonal.
  mutating func fixGauge(classes: Int) {
    guard classes > 1 else { return }
    let size = shape[0] / classes
    let share = Swift.max(meanOfDiagonal, .leastNormalMagnitude) / Double(classes)
    for k in 0..<classes {
      for l in 0..<classes {
        for index in 0..<size { self[k * size + index, l * size + index] += share }
      }
    }
  }
}
