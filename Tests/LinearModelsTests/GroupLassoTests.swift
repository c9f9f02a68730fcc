import LinearModels
import Tensors
import TestSupport
import Testing

@Suite struct GroupLassoTests {
  /// Columns of a group that are nearly alike leave only the penalty to say how they share a weight, which the solver
  /// must know of: it took 1400 iterations before it did.
  @Test func nearlyEqualColumnsOfAGroupTakeFewIterations() throws {
    let (rows, columns) = (200, 24)
    var features = randomTensor([rows, columns], seed: 1, as: Double.self)
    let noise = randomTensor([rows, columns], seed: 2, as: Double.self)
    for row in 0..<rows {
      for column in stride(from: 1, to: columns, by: 2) {
        features[row, column] = features[row, column - 1] + 1e-3 * noise[row, column]
      }
    }
    let labels = (0..<rows).map { row in
      let score = features[row, 0] - features[row, 6] + noise[row, 0]
      return score < -0.5 ? 0 : score < 0.5 ? 1 : 2
    }
    let problem = try GLMProblem(features: features, response: .classes(labels, count: 3), family: .multinomial)
    let groups = stride(from: 0, to: columns, by: 4).map { Array($0..<$0 + 4) }
    let options = SolverOptions(tolerance: 1e-7)
    let fit = try problem.fit(penalty: .groupLasso(0.01, groups: groups), options: options)
    #expect(fit.converged && fit.gradientNorm <= 1e-7)
    #expect(fit.iterations < 100, "\(fit.iterations) iterations")
    let size = { (column: Int) in
      (0..<3).reduce(0) { $0 + fit.model.weights[$1, column] * fit.model.weights[$1, column] }
    }
    #expect(abs(size(0) / size(1) - 1) < 0.01, "equal columns have equal shares")
  }
}
