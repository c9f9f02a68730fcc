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

  @Test(arguments: plain + variants, [Solver.newton, .lbfgs, .coordinateDescent])
  func findsTheFitOfStatsmodels(name: String, solver: Solver) throws {
    let archive = try NPZ.read(Places.fixture("glm.npz"))
    func expected(_ quantity: String) throws -> Tensor<Double> { try archive["\(name).\(quantity)"].tensor() }
    let problem = try problem(name, archive)
    let fit = try problem.fit(solver: solver, options: Self.precise)
    let place: Comment = "\(name), \(solver): gradient norm \(fit.gradientNorm) after \(fit.iterations) iterations"
    #expect(fit.converged && fit.diagnostics.isEmpty && fit.solver == solver, place)
    let report = Tensor([fit.deviance, fit.nullDeviance, fit.logLikelihood, fit.aic, fit.bic, fit.dispersion])
    #expect(relativeError(report, try expected("report")) < 1e-8, place)
    let inference = try problem.inference(of: fit)
    let coefficients = try expected("coefficients")
    #expect(relativeError(inference.parameters, coefficients.reshaped([1, 5])) < 1e-6, place)
    #expect(relativeError(inference.standardErrors, try expected("errors").reshaped([1, 5])) < 1e-6, place)
    #expect((inference.pValues - (try expected("p").reshaped([1, 5]))).maximumMagnitude < 1e-6, place)
    let intervals = Tensor(inference.intervals().flatMap { [$0.lower, $0.upper] }, shape: [5, 2])
    #expect(relativeError(intervals, try expected("intervals")) < 1e-6, place)
  }

  @Test(arguments: [Solver.newton, .lbfgs, .coordinateDescent])
  func findsTheMultinomialFitOfStatsmodels(solver: Solver) throws {
    let archive = try NPZ.read(Places.fixture("glm.npz"))
    let labels = try archive["multinomial.y"].integers()
    let problem = try GLMProblem(
      features: archive["X"].tensor(), response: .classes(labels, count: 4), family: .multinomial)
    let fit = try problem.fit(solver: solver, options: Self.precise)
    let place: Comment = "\(solver): gradient norm \(fit.gradientNorm) after \(fit.iterations) iterations"
    #expect(fit.converged && fit.diagnostics.isEmpty && fit.degreesOfFreedom == 15, place)
    let report = Tensor([fit.deviance, fit.nullDeviance, fit.logLikelihood, fit.aic, fit.bic, fit.dispersion])
    #expect(relativeError(report, try archive["multinomial.report"].tensor()) < 1e-8, place)
    let inference = try problem.inference(of: fit).relative(to: 0)
    let (parameters, errors) = (inference.parameters, inference.standardErrors)
    #expect(relativeError(parameters[rows: 1..<4], try archive["multinomial.coefficients"].tensor()) < 1e-6, place)
    #expect(relativeError(errors[rows: 1..<4], try archive["multinomial.errors"].tensor()) < 1e-6, place)
    #expect(parameters[rows: 0..<1].maximumMagnitude == 0 && errors[rows: 0..<1].maximumMagnitude == 0)
  }
}
