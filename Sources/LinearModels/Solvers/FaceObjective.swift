import Tensors

/// An objective with a sparsity term on the weights that are not 0, where the term has a gradient.
///
/// The other weights stay 0. The value is that of the whole objective, so that a step over a kink, where the gradient
/// is that of the wrong side, is only taken when it leads down.
struct FaceObjective: PreconditionedObjective {
  var objective: GLMObjective<Double>
  private let term: SparsityTerm
  /// The columns of each row that may change, the intercept among them.
  private let supports: [[Int]]
  private let start: Tensor<Double>

  init(_ objective: GLMObjective<Double>, _ term: SparsityTerm, at point: Tensor<Double>) {
    self.objective = objective
    self.term = term
    start = point
    let columns = point.shape[1] - 1
    supports = (0..<point.shape[0]).map { row in (0...columns).filter { $0 == columns || point[row, $0] != 0 } }
  }

  mutating func evaluate(at parameters: Tensor<Double>, gradient: inout Tensor<Double>) -> Double {
    let smooth = objective.evaluate(at: parameters, gradient: &gradient)
    term.addGradient(at: parameters, to: &gradient)
    var masked = Tensor<Double>.zeros(gradient.shape)
    for (row, support) in supports.enumerated() {
      for column in support { masked[row, column] = gradient[row, column] }
    }
    gradient.copyElements(of: masked)
    return smooth + term.value(parameters)
  }

  var rounding: Double { objective.rounding }

  func isSmooth(upTo point: Tensor<Double>) -> Bool {
    guard term.groups == nil else { return true }
    return zip(supports.indices, supports).allSatisfy { row, support in
      support.dropLast().allSatisfy { start[row, $0] * point[row, $0] > 0 }
    }
  }

  /// The Gram matrix of the curvatures and the ridge, and λ₁√|g|/‖W_g‖ at the start: what bounds the curvature of a
  /// group's norm, and all there is where columns of a group are nearly alike.
  mutating func preconditioner() -> (any Preconditioner)? {
    var matrix = objective.weightedGram(as: Float.self)
    let scale = matrix.meanOfDiagonal
    for column in 0..<matrix.shape[0] - 1 { matrix[column, column] += objective.ridge }
    for group in term.groups ?? [] {
      let size = term.norm(start, group)
      for column in group where size > 0 { matrix[column, column] += term.threshold(group) / size }
    }
    let blocks = supports.map { support in
      matrix.gatheringRows(support).gatheringColumns(support).jitteredCholesky(scale: scale)
    }
    guard blocks.allSatisfy({ $0 != nil }) else { return nil }
    return RowwisePreconditioner(blocks: blocks.compactMap { $0 }, supports: supports)
  }
}

/// A matrix of its own for each row of the parameters, on some of the columns.
private struct RowwisePreconditioner: Preconditioner {
  let blocks: [CholeskyFactorization]
  let supports: [[Int]]

  func solve(_ rightHandSides: inout Tensor<Double>) {
    for (row, support) in supports.enumerated() {
      var part = Tensor(support.map { rightHandSides[row, $0] }, shape: [1, support.count])
      blocks[row].solve(&part)
      for (place, column) in support.enumerated() { rightHandSides[row, column] = part[0, place] }
    }
  }
}

extension SparsityTerm {
  /// Adds λ₁·sign w, or λ₁√|g|·W_g/‖W_g‖, where that exists.
  func addGradient(at parameters: Tensor<Double>, to gradient: inout Tensor<Double>) {
    let (rows, columns) = (parameters.shape[0], parameters.shape[1] - 1)
    guard let groups else {
      for row in 0..<rows {
        for column in 0..<columns where parameters[row, column] != 0 {
          gradient[row, column] += parameters[row, column] > 0 ? strength : -strength
        }
      }
      return
    }
    for group in groups {
      let size = norm(parameters, group)
      guard size > 0 else { continue }
      let factor = threshold(group) / size
      for row in 0..<rows {
        for column in group { gradient[row, column] += factor * parameters[row, column] }
      }
    }
  }
}
