import Tensors

extension GLMProblem {
  /// The effective number of parameters of a fit, intercepts included.
  ///
  /// tr(H(H + P)⁻¹) over the weights that are not 0 and the intercept, with the expected Hessian H of half the mean
  /// deviance and the second derivative P of the penalty there: λ₂ for the ridge part and λ√|g|·(I − uuᵀ)/‖W_g‖, u =
  /// W_g/‖W_g‖, for a group. Without a penalty that is the rank, for the lasso the number of non-zero weights plus 1.
  ///
  /// For K classes H stands for B, K/(K − 1) times the mean of the classes' own Hessians. Ridge and group lasso give K
  /// − 1 times the trace; the lasso and the elastic net the sum of the traces of the classes less 1, so that the lasso
  /// has the number of non-zero weights plus K − 1, but never more than K − 1 times the trace over all active columns.
  ///
  /// Sources: R. J. Tibshirani, J. Taylor, *Degrees of freedom in lasso problems*, Annals of Statistics 40 (2012);
  /// S. Vaiter et al., *The degrees of freedom of partly smooth regularizers*, Ann. Inst. Stat. Math. 69 (2017).
  ///
  /// - Parameters:
  ///   - model: The optimum.
  ///   - penalty: Its penalty.
  /// - Returns: The number.
  public func effectiveParameters(of model: GeneralizedLinearModel, penalty: Penalty) -> Double {
    effectiveParameters(of: model, penalty: penalty, dropping: [])
  }

  func effectiveParameters(of model: GeneralizedLinearModel, penalty: Penalty, dropping dropped: [Int]) -> Double {
    let classes = Double(max(2, scoreCount))
    if penalty.isNone { return (classes - 1) * Double(featureCount + 1 - dropped.count) }
    let active = model.activeColumns
    let rowsOfWeights = (0..<scoreCount).map { row in active.filter { model.weights[row, $0] != 0 } }
    let byClass = penalty.groups == nil && !penalty.isSmooth
    if byClass && penalty.ridge == 0 {
      return rowsOfWeights.reduce(classes - 1) { $0 + Double($1.count) }
    }
    let curvature = PenalizedCurvature(self, model, penalty, columns: active)
    let joint = (classes - 1) * curvature.trace(over: active)
    guard byClass && scoreCount > 1 else { return joint }
    return min(joint, rowsOfWeights.reduce(-1) { $0 + curvature.trace(over: $1) })
  }
}

/// The Gram matrix of the curvatures on some columns, and the second derivative of a penalty on them.
private struct PenalizedCurvature {
  private let gram: Tensor<Double>
  private let penalty: Tensor<Double>
  private let places: [Int: Int]

  init(_ problem: GLMProblem, _ model: GeneralizedLinearModel, _ penalty: Penalty, columns: [Int]) {
    let parameters = model.parameters.gatheringColumns(columns + [problem.featureCount])
    let problem = problem.selecting(columns: columns)
    var objective = GLMObjective(problem: problem, ridge: 0)
    var gradient = Tensor<Double>.zeros(parameters.shape)
    _ = objective.evaluate(at: parameters, gradient: &gradient)
    gram = objective.weightedGram(as: Double.self)
    places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    var second = Tensor<Double>.zeros([columns.count, columns.count])
    for index in columns.indices { second[index, index] = penalty.ridge }
    let term = penalty.sparsityTerm.restricted(to: columns)
    for group in term.groups ?? [] { term.addCurvature(of: group, parameters, to: &second) }
    self.penalty = second
  }

  /// tr(H(H + P)⁻¹) over some of the columns and the intercept.
  func trace(over columns: [Int]) -> Double {
    let own = columns.map { places[$0]! }
    let size = own.count + 1
    var sum = gram.gatheringRows(own + [gram.shape[0] - 1]).gatheringColumns(own + [gram.shape[0] - 1])
    var second = Tensor<Double>.zeros([size, size])
    for (row, i) in own.enumerated() {
      for (column, j) in own.enumerated() { second[row, column] = penalty[i, j] }
    }
    sum += second
    guard let factorization = CholeskyFactorization(sum) ?? sum.jitteredCholesky(scale: sum.meanOfDiagonal) else {
      return .nan
    }
    factorization.solve(&second)
    return Double(size) - (0..<size).reduce(0) { $0 + second[$1, $1] }
  }
}

extension SparsityTerm {
  /// The term on the columns that are not 0, renumbered; groups keep the columns that are left.
  fileprivate func restricted(to columns: [Int]) -> SparsityTerm {
    let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    let groups = groups?.map { $0.compactMap { places[$0] } }.filter { !$0.isEmpty }
    return SparsityTerm(strength: strength, groups: groups)
  }

  /// Adds λ√|g|·(I − uuᵀ)/‖W_g‖ to a matrix; for K classes the mean of it over them.
  fileprivate func addCurvature(of group: [Int], _ parameters: Tensor<Double>, to matrix: inout Tensor<Double>) {
    let size = norm(parameters, group)
    let factor = threshold(group) / size
    let freedom = Double(max(1, parameters.shape[0] - 1))
    for i in group {
      matrix[i, i] += factor
      for j in group {
        let radial = (0..<parameters.shape[0]).reduce(0) { $0 + parameters[$1, i] * parameters[$1, j] }
        matrix[i, j] -= factor * radial / (size * size * freedom)
      }
    }
  }
}
