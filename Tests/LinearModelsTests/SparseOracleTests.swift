import Formats
import LinearModels
import Tensors
import TestSupport
import Testing

/// Optima with L1 terms are those of scikit-learn, and of a plain proximal gradient method where it has none.
@Suite struct SparseOracleTests {
  static let groups = [[0, 1, 2], [3, 4], [5], [6, 7, 8, 9], [10, 11]]
  static let precise = SolverOptions(tolerance: 1e-10)

  static let strengths: [Family: [Double]] = [
    .gaussian: [0.02, 0.2], .binomial: [0.005, 0.05], .poisson: [0.02, 0.2], .multinomial: [0.004, 0.08],
  ]
  static let kinds: [(name: String, kind: Penalty.Kind)] = [
    ("lasso", .lasso), ("net", .elasticNet(mixing: 0.4)), ("group", .groupLasso(groups)),
  ]

  static func problem(_ family: Family, _ archive: NPZArchive) throws -> GLMProblem {
    func numbers(_ name: String) throws -> Response {
      let y: Tensor<Double> = try archive[name].tensor()
      return .numbers(y.elements)
    }
    let response: Response =
      switch family {
      case .gaussian: try numbers("numbers")
      case .binomial: try numbers("bits")
      case .poisson: try numbers("counts")
      case .multinomial: .classes(try archive["labels"].integers(), count: 3)
      }
    return try GLMProblem(features: archive["X"].tensor(), response: response, family: family)
  }

  @Test(arguments: Family.allCases, [0, 1, 2])
  func findsTheOptimum(family: Family, penalty: Int) throws {
    let archive = try NPZ.read(Places.fixture("sparse.npz"))
    let problem = try Self.problem(family, archive)
    let (name, kind) = Self.kinds[penalty]
    let strengths = Self.strengths[family]!
    let path = try problem.path(kind, strengths: strengths, options: Self.precise)
    for (strength, fit) in zip(strengths, path) {
      let key = "\(family.rawValue)-\(name)-\(strength)"
      let place: Comment = "\(key): gradient norm \(fit.gradientNorm) after \(fit.iterations) iterations"
      #expect(fit.converged && fit.penalty.strength == strength && fit.solver == .coordinateDescent, place)
      for oracle in ["objective", "sklearn"] where archive.names.contains("\(key).\(oracle)") {
        let objective: Tensor<Double> = try archive["\(key).\(oracle)"].tensor()
        #expect(abs(fit.objective - objective[0]) < 1e-9, place)
      }
      let weights: Tensor<Double> = try archive["\(key).weights"].tensor()
      #expect(relativeError(fit.model.weights, weights) < 1e-6, place)
      #expect(fit.model.weights.map { $0 == 0 ? 1.0 : 0 } == weights.map { $0 == 0 ? 1.0 : 0 }, place)
      #expect(relativeError(fit.model.intercepts, try archive["\(key).intercepts"].tensor()) < 1e-6, place)
    }
  }

  /// Columns that resemble their neighbours make weights change their sign on the way to the optimum.
  ///
  /// There the gradient among the weights that are not 0 is no longer that of the objective, and following it would take
  /// 3500 iterations.
  @Test func correlatedColumnsTakeFewIterations() throws {
    let (rows, columns, correlation) = (400, 60, 0.99)
    var stream = RandomStream(seed: 1)
    let features = Tensor<Double>(shape: [rows, columns]) { target in
      for row in 0..<rows {
        var wave = stream.normal()
        for column in 0..<columns {
          wave = correlation * wave + (1 - correlation * correlation).squareRoot() * stream.normal()
          target[row * columns + column] = wave + (column % 15 == row % 4 ? 0.5 : 0)
        }
      }
    }
    let problem = try GLMProblem(
      features: features, response: .classes((0..<rows).map { $0 % 4 }, count: 4), family: .multinomial)
    let fits = try problem.strengths(.lasso, count: 12, ratio: 1e-3).map { try problem.fit(penalty: .lasso($0)) }
    let iterations = fits.map(\.iterations)
    #expect(fits.allSatisfy(\.converged) && iterations.reduce(0, +) < 2000, "\(iterations)")
  }
}
