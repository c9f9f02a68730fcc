import Parallel
import Tensors

/// A quadratic model of an objective round a point with a sparsity term, minimised by block coordinate descent.
///
/// m(Δ) = ⟨G, Δ⟩ + ½ Σₖ Δₖ·B·Δₖ + h(W + Δ). The model's gradient R = G + ΔB is kept up to date, so that a weight that
/// stays 0 costs nothing but a comparison. Single weights are minimised exactly; a group takes a step with the largest
/// eigenvalue of its block of B. Sources: J. Friedman, T. Hastie, R. Tibshirani, *Regularization paths for generalized
/// linear models via coordinate descent*, J. Stat. Software 33 (2010), covariance updates; Y. Yang, H. Zou, *A fast
/// unified algorithm for solving group-lasso penalized learning problems*, Statistics and Computing 25 (2015).
struct QuadraticModel {
  /// B, `[D + 1, D + 1]`.
  let matrix: Tensor<Double>
  let term: SparsityTerm
  /// The largest eigenvalue of the block of each group, or an upper bound of it.
  fileprivate let groupCurvatures: [Double]

  /// The largest number of passes over all weights.
  private static let maximumPasses = 1000

  init(matrix: Tensor<Double>, term: SparsityTerm) {
    self.matrix = matrix
    self.term = term
    groupCurvatures = (term.groups ?? []).map { Self.largestEigenvalue(matrix, $0) }
  }

  /// Minimises the model until the smallest subgradient, as each weight finds it, has a small norm.
  ///
  /// - Parameters:
  ///   - point: W; becomes W + Δ.
  ///   - gradient: G of the smooth part.
  ///   - scale: What B is multiplied by.
  ///   - tolerance: The norm of the smallest subgradient at which the model is minimised well enough.
  func minimize(from point: inout Tensor<Double>, gradient: Tensor<Double>, scale: Double, tolerance: Double) {
    let (rows, size) = (point.shape[0], point.shape[1])
    var slopes = gradient
    point.withDisjointSlices { point in
      slopes.withDisjointSlices { slopes in
        guard let groups = term.groups else {
          return parallelFor(rows) { row in
            let range = row * size..<(row + 1) * size
            let sweep = CoordinateSweep(model: self, scale: scale, w: point[range], r: slopes[range])
            repeatUntil(tolerance / Double(rows).squareRoot()) { sweep.overWeights() }
          }
        }
        let range = 0..<rows * size
        let sweep = CoordinateSweep(model: self, scale: scale, w: point[range], r: slopes[range])
        repeatUntil(tolerance) { sweep.overGroups(groups) }
      }
    }
  }

  private func repeatUntil(_ tolerance: Double, _ sweep: () -> Double) {
    for _ in 0..<Self.maximumPasses where sweep() <= tolerance { return }
  }

  private static func largestEigenvalue(_ matrix: Tensor<Double>, _ group: [Int]) -> Double {
    let block = Tensor(shape: [group.count, group.count]) { target in
      for (row, i) in group.enumerated() {
        for (column, j) in group.enumerated() { target[row * group.count + column] = matrix[i, j] }
      }
    }
    return SymmetricEigendecomposition(block)?.eigenvalues.last ?? block.norm
  }
}

/// One pass of coordinate descent over a quadratic model; works in place on the weights and the model's gradient.
struct CoordinateSweep {
  let model: QuadraticModel
  let scale: Double
  /// The weights `[K, D + 1]`, or one row of them.
  let w: UnsafeMutableBufferPointer<Double>
  /// The model's gradient at the weights, of the same shape.
  let r: UnsafeMutableBufferPointer<Double>

  private var size: Int { model.matrix.shape[0] }

  /// Minimises over each weight of one row in turn.
  ///
  /// - Returns: The norm of the smallest subgradient, each component taken when its turn came.
  func overWeights() -> Double {
    let limit = model.term.strength
    return model.matrix.withUnsafeBufferPointer { matrix in
      var squares = 0.0
      for column in 0..<size {
        let curvature = scale * matrix[column * size + column]
        guard curvature > 0 else { continue }
        let limit = column == size - 1 ? 0 : limit
        let old = w[column]
        let target = old * curvature - r[column]
        let new = (target > limit ? target - limit : target < -limit ? target + limit : 0) / curvature
        guard new != old else { continue }
        let excess = old > 0 ? r[column] + limit : old < 0 ? r[column] - limit : max(0, abs(r[column]) - limit)
        squares += excess * excess
        change(column, by: new - old, matrix, row: 0)
      }
      return squares.squareRoot()
    }
  }

  /// Takes a step for each group of columns, all rows together, and for the intercepts.
  ///
  /// - Returns: The norm of the smallest subgradient, each component taken when its turn came.
  func overGroups(_ groups: [[Int]]) -> Double {
    let rows = w.count / size
    return model.matrix.withUnsafeBufferPointer { matrix in
      var squares = 0.0
      for (index, group) in groups.enumerated() {
        squares += step(group, curvature: scale * model.groupCurvatures[index], rows: rows, matrix)
      }
      let curvature = scale * matrix[size * size - 1]
      for row in 0..<rows where curvature > 0 {
        let slope = r[row * size + size - 1]
        squares += slope * slope
        change(size - 1, by: -slope / curvature, matrix, row: row)
      }
      return squares.squareRoot()
    }
  }

  private func step(
    _ group: [Int], curvature: Double, rows: Int, _ matrix: UnsafeBufferPointer<Double>
  ) -> Double {
    guard curvature > 0 else { return 0 }
    let limit = model.term.threshold(group)
    let places = (0..<rows).flatMap { row in group.map { row * size + $0 } }
    let targets = places.map { w[$0] * curvature - r[$0] }
    let length = targets.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let share = length > limit ? (1 - limit / length) / curvature : 0
    let norm = places.reduce(0) { $0 + w[$1] * w[$1] }.squareRoot()
    if norm == 0 && share == 0 { return 0 }
    var squares = 0.0
    let slope = places.reduce(0) { $0 + r[$1] * r[$1] }.squareRoot()
    for (place, target) in zip(places, targets) {
      let part = norm > 0 ? r[place] + limit * w[place] / norm : r[place] * max(0, slope - limit) / slope
      squares += part * part
      change(place % size, by: share * target - w[place], matrix, row: place / size)
    }
    return squares
  }

  /// Changes one weight, and the gradient of its row with it.
  private func change(_ column: Int, by delta: Double, _ matrix: UnsafeBufferPointer<Double>, row: Int) {
    guard delta != 0 else { return }
    w[row * size + column] += delta
    Double.axpy(
      scale * delta, UnsafeBufferPointer(rebasing: matrix[column * size..<(column + 1) * size]),
      UnsafeMutableBufferPointer(rebasing: r[row * size..<(row + 1) * size]))
  }
}
