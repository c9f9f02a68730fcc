import Formats
import LinearModels
import Tensors
import TestSupport
import Testing

/// Fits without a penalty are those of statsmodels: coefficients, standard errors, deviance, criteria.
@Suite struct GLMOracleTests {
  static let precise = SolverOptions(tolerance: 1e-11)

  static let plain = [
    "gaussian-identity", "gaussian-log", "binomial-logit", "binomial-probit", "binomial-cloglog", "binomial-log",
    "poisson-log", "poisson-identity",
  ]
  static let variants = ["gaussian-identity", "binomial-logit", "binomial-probit", "poisson-log"].flatMap { name in
    ["offset", "frequency", "precision"].map { "\(name)-\($0)" }
  }

  private func problem(_ name: String, _ archive: NPZArchive) throws -> GLMProblem {
    let words = name.split(separator: "-").map(String.init)
    let y: Tensor<Double> = try archive["\(name).y"].tensor()
    func column(_ name: String) throws -> Tensor<Double> { try archive[name].tensor() }
    let variant = words.count > 2 ? words[2] : ""
    return try GLMProblem(
      features: column("X"), response: .numbers(y.elements), family: Family(named: words[0]),
      link: Link(named: words[1]), offset: variant == "offset" ? column("offset") : nil,
      weights: variant == "frequency"
        ? .frequency(column("frequencies").elements)
        : variant == "precision" ? .precision(column("precisions").elements) : nil)
  }

  @Test(arguments: plain + variants, [Solver.newton, .lbfgs])
  func findsTheFitOfStatsmodels(name: String, solver: Solver) throws {
    let archive = try NPZ.read(Places.fixture("glm.npz"))
    let problem = try problem(name, archive)
    let fit = try problem.fit(solver: solver, options: Self.precise)
    let place: Comment = "\(name), \(solver): gradient norm \(fit.gradientNorm) after \(fit.iterations) iterations"
    #expect(fit.converged && fit.diagnostics.isEmpty && fit.solver == solver, place)
    let report: Tensor<Double> = try archive["\(name).report"].tensor()
    let found = Tensor([fit.deviance, fit.nullDeviance, fit.logLikelihood, fit.aic, fit.bic, fit.dispersion])
    #expect(relativeError(found, report) < 1e-8, place)
    let coefficients: Tensor<Double> = try archive["\(name).coefficients"].tensor()
    let weights = Tensor(fit.model.weights.elements + fit.model.intercepts.elements)
    #expect(relativeError(weights, coefficients) < 1e-6, place)
  }
}
