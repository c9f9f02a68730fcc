import Parallel
import Tensors

extension GLMProblem {
  /// Judges a regularisation path on held-out folds, and fits it to all rows.
  ///
  /// For each fold the path is fitted to the rows outside it and its loss taken on the rows inside it. Mean and
  /// standard error are as in glmnet: the mean over folds weighted by the weights of their rows, and the root of the
  /// weighted variance over folds − 1.
  ///
  /// - Parameters:
  ///   - kind: The penalty.
  ///   - strengths: Values of λ in any order, at least one.
  ///   - folds: The fold of each row; keep together what is not independent.
  ///   - loss: What counts; ``ValidationLoss/error`` for classes only.
  ///   - solver: The algorithm.
  ///   - options: When to stop.
  /// - Returns: Losses and fits.
  /// - Throws: `InputError` for folds of another number of rows, a fold that holds all rows of a class, and what a path
  ///   throws.
  public func crossValidate(
    _ kind: Penalty.Kind, strengths: [Double], folds: Folds, loss: ValidationLoss = .deviance,
    solver: Solver = .automatic, options: SolverOptions = SolverOptions()
  ) throws -> CrossValidation {
    try validate(folds, strengths, loss)
    let strengths = strengths.sorted(by: >)
    let paths = try parallelMap(folds.count + 1) { fold in
      let part = fold == folds.count ? self : try selecting(rows: folds.training(fold))
      return try part.path(kind, strengths: strengths, solver: solver, options: options)
    }
    let shares = (0..<folds.count).map { fold in
      folds.heldOut(fold).reduce(0) { $0 + (rowWeights?[$1] ?? 1) } / totalWeight
    }
    let losses = (0..<folds.count).map { fold in
      let rows = folds.heldOut(fold)
      return paths[fold].map { meanLoss(of: $0.model, rows, loss) }
    }
    let means = strengths.indices.map { place in zip(shares, losses).reduce(0) { $0 + $1.0 * $1.1[place] } }
    let errors = strengths.indices.map { place in
      let variance = zip(shares, losses).reduce(0) { sum, fold in
        sum + fold.0 * (fold.1[place] - means[place]) * (fold.1[place] - means[place])
      }
      return (variance / Double(folds.count - 1)).squareRoot()
    }
    return CrossValidation(
      kind: kind, strengths: strengths, means: means, standardErrors: errors, fits: paths[folds.count],
      unconvergedFolds: (0..<folds.count).filter { fold in paths[fold].contains { !$0.converged } })
  }

  private func validate(_ folds: Folds, _ strengths: [Double], _ loss: ValidationLoss) throws {
    guard folds.assignments.count == rowCount else {
      throw InputError("folds", "\(folds.assignments.count) rows, expected \(rowCount)", remedy: "Give one per row.")
    }
    guard !strengths.isEmpty else { throw InputError("path", "no values of λ to choose from") }
    guard loss == .deviance || classLabels != nil else {
      throw InputError("loss", "error counts classes, which the \(family.rawValue) family here does not have")
    }
    if let classLabels { try folds.checkClasses(classLabels) }
  }

  /// The class of each row, where the response consists of classes.
  private var classLabels: [Int]? {
    switch (family, response) {
    case (_, .classes(let labels, _)): labels
    case (.binomial, .numbers(let values)) where values.allSatisfy { $0 == 0 || $0 == 1 }: values.map { Int($0) }
    default: nil
    }
  }

  /// The mean loss of a model on some rows.
  func meanLoss(of model: GeneralizedLinearModel, _ rows: [Int], _ loss: ValidationLoss) -> Double {
    let scores = model.scores(features.gatheringRows(rows), offset: offset?.gatheringRows(rows))
    let weights = rows.map { rowWeights?[$0] ?? 1 }
    let losses = rows.indices.map { place in
      loss == .deviance ? deviance(scores, place, rows[place]) : isWrong(model, scores, place, rows[place]) ? 1 : 0
    }
    return zip(weights, losses).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
  }

  private func deviance(_ scores: Tensor<Double>, _ place: Int, _ row: Int) -> Double {
    guard family == .multinomial else {
      return 2 * family.rowLoss(link).terms(scores[place, 0], targets[row]).loss
    }
    var own = (0..<scoreCount).map { scores[place, $0] }
    return -2
      * own.withUnsafeMutableBufferPointer { buffer in
        Softmax.logarithms(buffer)
        return buffer[labels[row]]
      }
  }

  private func isWrong(_ model: GeneralizedLinearModel, _ scores: Tensor<Double>, _ place: Int, _ row: Int) -> Bool {
    guard family == .multinomial else { return (model.link.mean(scores[place, 0]) > 0.5) != (targets[row] == 1) }
    let best = (0..<scoreCount).reduce(0) { scores[place, $1] > scores[place, $0] ? $1 : $0 }
    return best != labels[row]
  }
}
