import Tensors

/// What all fits of a path share: the check of the columns and the model of the intercepts.
struct GLMPreparation {
  let problem: GLMProblem
  private let audit: ColumnAudit
  private let null: (intercepts: Tensor<Double>, deviance: Double)

  /// A model to begin at, and the λ whose optimum it is.
  struct Start {
    let model: GeneralizedLinearModel
    let strength: Double?
  }

  init(_ problem: GLMProblem, lookingForCollinearity isThorough: Bool) {
    self.problem = problem
    audit = ColumnAudit(problem, lookingForCollinearity: isThorough)
    null = problem.nullModel()
  }

  /// Fits one model.
  ///
  /// - Parameters:
  ///   - penalty: The penalty.
  ///   - solver: The algorithm.
  ///   - start: Where to begin; the model of the intercepts when left out.
  ///   - options: When to stop.
  /// - Returns: The fit.
  /// - Throws: `InputError` for a penalty that is not one, or a solver that cannot take it.
  func fit(
    _ penalty: Penalty, _ solver: Solver, from start: Start?,
    _ options: SolverOptions
  ) throws -> GLMFit {
    try penalty.validate(columns: problem.featureCount)
    let solver = try solver.resolved(for: problem, penalty)
    let first = start?.model.parameters ?? problem.startingPoint(null.intercepts)
    precondition(
      first.shape == [problem.scoreCount, problem.featureCount + 1],
      "expected a start of shape \([problem.scoreCount, problem.featureCount + 1]), got \(first.shape)")
    let dropped = penalty.isNone ? audit.collinear : []
    let task = FitTask(penalty: penalty, solver: solver, previousStrength: start?.strength, options: options)
    let minimum = task.minimum(problem, from: first, dropping: dropped)
    return GLMFit(
      problem: problem, penalty: penalty, solver: solver, minimum: minimum, nullDeviance: null.deviance, audit: audit,
      options: options)
  }
}

/// A penalty, a solver and when to stop.
private struct FitTask {
  let penalty: Penalty
  let solver: Solver
  let previousStrength: Double?
  let options: SolverOptions

  /// The minimum over the columns that are not dropped, with zeros for those that are.
  func minimum(_ problem: GLMProblem, from start: Tensor<Double>, dropping dropped: [Int]) -> Minimum {
    guard !dropped.isEmpty else { return minimum(problem, from: start) }
    let kept = (0..<problem.featureCount).filter { !dropped.contains($0) }
    let places = kept + [problem.featureCount]
    let minimum = minimum(problem.selecting(columns: kept), from: start.gatheringColumns(places))
    return minimum.replacing(point: minimum.point.scatteringColumns(places, count: problem.featureCount + 1))
  }

  private func minimum(_ problem: GLMProblem, from start: Tensor<Double>) -> Minimum {
    if solver == .coordinateDescent {
      let previous = previousStrength.map { Penalty(penalty.kind, strength: $0).sparsity }
      return CoordinateDescent.minimize(problem, penalty: penalty, previous: previous, from: start, options: options)
    }
    let start = start.centered(columns: 0..<problem.featureCount + 1)
    var objective = GLMObjective(problem: problem, ridge: penalty.ridge)
    let minimum =
      solver == .newton
      ? Newton.minimize(&objective, from: start, options: options)
      : LBFGS.minimize(problem, ridge: penalty.ridge, from: start, options: options)
    return minimum.replacing(point: minimum.point.centered(columns: 0..<problem.featureCount + 1))
  }
}

extension Minimum {
  fileprivate func replacing(point: Tensor<Double>) -> Minimum {
    Minimum(point: point, value: value, gradientNorm: gradientNorm, iterations: iterations)
  }
}
