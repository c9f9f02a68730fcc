import Tensors

/// Minimises objectives with a sparsity term on the few columns that matter, and checks all the others.
///
/// The columns begin with those that are not 0 and those that the sequential strong rule keeps, |gⱼ| ≥ 2λ₁ − λ₁ of the
/// fit before; after each solution on them the columns that violate the Karush–Kuhn–Tucker conditions join. Source: R.
/// Tibshirani et al., *Strong rules for discarding predictors in lasso-type problems*, J. R. Stat. Soc. B 74 (2012).
enum CoordinateDescent {
  /// Minimises.
  ///
  /// - Parameters:
  ///   - problem: The data.
  ///   - penalty: The penalty.
  ///   - previous: λ₁ of the fit that `start` is the optimum of.
  ///   - start: Where to begin.
  ///   - options: When to stop.
  /// - Returns: The minimum, with the norm of the smallest subgradient.
  static func minimize(
    _ problem: GLMProblem, penalty: Penalty, previous: Double? = nil, from start: Tensor<Double>,
    options: SolverOptions
  ) -> Minimum {
    let (term, columns) = (penalty.sparsityTerm, problem.featureCount)
    var full = GLMObjective(problem: problem, ridge: penalty.ridge)
    var (point, gradient) = (start, Tensor<Double>.zeros(start.shape))
    var smooth = full.evaluate(at: point, gradient: &gradient)
    let kept = 2 * term.strength - max(term.strength, previous ?? term.strength)
    let strengths = term.criticalStrengths(gradient)
    var isMember = (0..<columns).map { strengths[$0] >= kept || isActive(point, $0) }
    var iterations = 0
    while true {
      term.completeGroups(&isMember)
      let members = (0..<columns).filter { isMember[$0] }
      let places = members + [columns]
      var solver = ProximalNewton(
        problem: members.count == columns ? problem : problem.selecting(columns: members), ridge: penalty.ridge,
        term: term.selecting(columns: members), start: point.gatheringColumns(places))
      solver.run(tolerance: 0.7 * options.tolerance, maximumIterations: options.maximumIterations - iterations)
      iterations += solver.iterations
      point = solver.point.scatteringColumns(places, count: columns + 1)
      smooth = full.evaluate(at: point, gradient: &gradient)
      let violations = term.violations(point, gradient: gradient)
      let norm = violations.reduce(0, +).squareRoot()
      let newcomers = (0..<columns).filter { !isMember[$0] && violations[$0] > 0 }
      if norm <= options.tolerance || newcomers.isEmpty || iterations >= options.maximumIterations {
        return Minimum(
          point: point.centered(columns: columns..<columns + 1), value: smooth + term.value(point), gradientNorm: norm,
          iterations: iterations)
      }
      for column in newcomers { isMember[column] = true }
    }
  }

  private static func isActive(_ point: Tensor<Double>, _ column: Int) -> Bool {
    (0..<point.shape[0]).contains { point[$0, column] != 0 }
  }
}

extension SparsityTerm {
  /// Extends a set of columns to whole groups.
  func completeGroups(_ isMember: inout [Bool]) {
    for group in groups ?? [] where group.contains(where: { isMember[$0] }) {
      for column in group { isMember[column] = true }
    }
  }
}
