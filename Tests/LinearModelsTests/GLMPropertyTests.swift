import LinearModels
import Parallel
import Statistics
import Tensors
import TestSupport
import Testing

@Suite struct GLMPropertyTests {
  /// A family with a link and data that suit both.
  struct Case: Sendable, CustomTestStringConvertible {
    let family: Family
    let link: Link
    var testDescription: String { "\(family), \(link)" }

    static let all = Family.allCases.flatMap { family in family.links.map { Case(family: family, link: $0) } }

    func problem(rows: Int, columns: Int, seed: UInt64) throws -> GLMProblem {
      let x: Tensor<Double> = 0.3 * randomTensor([rows, columns], seed: seed)
      var stream = RandomStream(seed: seed + 1)
      let truth = Tensor<Double>((0..<columns).map { 1 - Double($0) / 2 }, shape: [columns, 1])
      let scores = x.matrixProduct(truth).map { $0 + offset }.elements
      let response: Response =
        switch family {
        case .gaussian: .numbers(scores.map { link.mean($0) + 0.3 * stream.normal() })
        case .binomial: .numbers(scores.map { stream.uniform() < link.mean($0) ? 1 : 0 })
        case .poisson: .numbers(scores.map { Double(stream.poisson(mean: link.mean($0))) })
        case .multinomial: .classes((0..<rows).map { $0 < 3 ? $0 : stream.integer(in: 0..<3) }, count: 3)
        }
      return try GLMProblem(
        features: x, response: response, family: family, link: link,
        offset: 0.1 * randomTensor(family == .multinomial ? [rows, 3] : [rows], seed: seed + 2),
        weights: .precision((0..<rows).map { 0.5 + Double($0 % 3) }))
    }

    /// A score round which all scores lie in the domain of the link.
    var offset: Double {
      switch (family, link) {
      case (.binomial, .log): -1.5
      case (.poisson, .identity): 5
      default: 0.2
      }
    }

    func model(columns: Int, seed: UInt64) -> GeneralizedLinearModel {
      let count = family == .multinomial ? 3 : 1
      return GeneralizedLinearModel(
        family: family, link: link, weights: 0.3 * randomTensor([count, columns], seed: seed),
        intercepts: (0.1 * randomTensor([count], seed: seed + 1)).map { $0 + offset })
    }
  }

  static let penalties: [Penalty] = [
    .none, .ridge(0.3), .lasso(0.05), .elasticNet(0.1, mixing: 0.5), .groupLasso(0.05, groups: [[0, 2], [1, 3]]),
  ]

  /// Away from 0, where every penalty is smooth, its slope is that of its value.
  @Test(arguments: Case.all)
  func gradientIsThatOfCentralDifferences(test: Case) throws {
    let problem = try test.problem(rows: 40, columns: 4, seed: 71)
    let model = test.model(columns: 4, seed: 72)
    let step = 1e-5
    for ridge in [0, 0.3] {
      let gradient = problem.objective(at: model, ridge: ridge).gradient
      for row in 0..<gradient.shape[0] {
        for column in 0...4 {
          let values = [step, -step].map { step in
            var (w, b) = (model.weights, model.intercepts)
            if column < 4 { w[row, column] += step } else { b[row] += step }
            let moved = GeneralizedLinearModel(family: test.family, link: test.link, weights: w, intercepts: b)
            return problem.objective(at: moved, ridge: ridge).value
          }
          let difference = (values[0] - values[1]) / (2 * step)
          #expect(abs(gradient[row, column] - difference) < 1e-8 * max(1, abs(difference)))
        }
      }
    }
  }

  /// At the optimum no small change of the parameters lowers mean deviance/2 + penalty, both computed from their
  /// formulas.
  @Test(arguments: Case.all, [0, 1, 2, 3, 4])
  func noNeighbourOfTheOptimumIsLower(test: Case, penalty: Int) throws {
    let problem = try test.problem(rows: 300, columns: 4, seed: 73)
    let penalty = Self.penalties[penalty]
    let fit = try problem.fit(penalty: penalty, options: SolverOptions(tolerance: 1e-10))
    let place: Comment =
      "\(test.testDescription), \(penalty): \(fit.gradientNorm) after \(fit.iterations), \(fit.diagnostics)"
    #expect(fit.converged, place)
    let value = { (model: GeneralizedLinearModel) in
      problem.objective(at: model, ridge: 0).value + penalty.value(model.weights)
    }
    #expect(abs(value(fit.model) - fit.objective) < 1e-12 * max(1, abs(fit.objective)), place)
    let halfMeanDeviance = fit.objective - penalty.value(fit.model.weights)
    #expect(abs(fit.deviance / 900 - halfMeanDeviance) < 1e-12 * max(1, halfMeanDeviance), place)
    for seed in UInt64(0)..<20 {
      let (w, b) = (fit.model.weights, fit.model.intercepts)
      let moved = GeneralizedLinearModel(
        family: test.family, link: test.link, weights: w + 1e-3 * randomTensor(w.shape, seed: 100 + seed),
        intercepts: b + 1e-3 * randomTensor(b.shape, seed: 200 + seed))
      #expect(value(moved) >= fit.objective, place)
    }
  }

  @Test(arguments: Case.all)
  func solversFindTheSameOptimum(test: Case) throws {
    let problem = try test.problem(rows: 300, columns: 4, seed: 74)
    let fits = try [Solver.newton, .lbfgs, .coordinateDescent].map {
      try problem.fit(penalty: .ridge(0.01), solver: $0, options: SolverOptions(tolerance: 1e-10))
    }
    for fit in fits {
      #expect(fit.converged, "\(test.testDescription), \(fit.solver): \(fit.gradientNorm) after \(fit.iterations)")
      #expect(relativeError(fit.model.weights, fits[0].model.weights) < 1e-6)
      #expect(abs(fit.degreesOfFreedom - fits[0].degreesOfFreedom) < 1e-6)
    }
  }

  @Test(arguments: Case.all)
  func frequencyWeightsAreRepeatedRows(test: Case) throws {
    let full = try test.problem(rows: 120, columns: 2, seed: 75)
    let times = (0..<120).map { $0 % 3 }
    let weighted = try GLMProblem(
      features: full.features, response: full.response, family: test.family, link: test.link, offset: full.offset,
      weights: .frequency(times.map(Double.init)))
    let rows = times.enumerated().flatMap { [Int](repeating: $0, count: $1) }
    let unweighted = try GLMProblem(
      features: full.features, response: full.response, family: test.family, link: test.link, offset: full.offset)
    let repeated = try unweighted.selecting(rows: rows)
    let penalty = Penalty.ridge(0.3)
    let precise = SolverOptions(tolerance: 1e-9)
    let one = try weighted.fit(penalty: penalty, options: precise)
    let other = try repeated.fit(penalty: penalty, options: precise)
    #expect(one.converged && other.converged && one.observationCount == 120 && other.observationCount == 120)
    #expect(relativeError(one.model.weights, other.model.weights) < 1e-6)
    let report = { (fit: GLMFit) in Tensor([fit.deviance, fit.nullDeviance, fit.logLikelihood, fit.aic, fit.bic]) }
    #expect(relativeError(report(one), report(other)) < 1e-6)
  }

  @Test(arguments: Case.all, [0, 2, 4])
  func threadsDoNotChangeBits(test: Case, penalty: Int) throws {
    let problem = try test.problem(rows: 600, columns: 4, seed: 76)
    let fits = try (1...3).map { threads in
      try ThreadPool.$substitute.withValue(ThreadPool(threadCount: threads)) {
        try problem.fit(penalty: Self.penalties[penalty])
      }
    }
    #expect(fits[1] == fits[0] && fits[2] == fits[0])
  }

  @Test func interceptAloneIsTheMean() throws {
    let y = [0.0, 1, 1, 4]
    for (family, link) in [
      (Family.gaussian, Link.identity), (.gaussian, .log), (.poisson, .log), (.poisson, .identity),
    ] {
      let fit = try GLMProblem(features: .zeros([4, 0]), response: .numbers(y), family: family, link: link).fit()
      #expect(fit.converged && abs(fit.model.means(.zeros([1, 0]))[0, 0] - 1.5) < 1e-12)
      #expect(abs(fit.deviance - fit.nullDeviance) < 1e-12 && fit.degreesOfFreedom == 1)
    }
    for link in Family.binomial.links {
      let problem = try GLMProblem(
        features: .zeros([4, 0]), response: .classes([0, 1, 1, 1], count: 2), family: .binomial, link: link)
      let fit = try problem.fit()
      #expect(fit.converged && abs(fit.model.probabilities(.zeros([1, 0]))[0, 1] - 0.75) < 1e-12)
      let logLikelihood: Double = 3 * Double.log(0.75) + Double.log(0.25)
      #expect(abs(fit.deviance + 2 * logLikelihood) < 1e-12)
    }
  }

  /// y = 1 + 2x exactly but for residuals (1, −1, −1, 1)/2 that are orthogonal to both columns.
  @Test func lineThroughFourPointsIsThatOfTheNormalEquations() throws {
    let problem = try GLMProblem(
      features: Tensor<Double>([-3, -1, 1, 3], shape: [4, 1]), response: .numbers([-4.5, -1.5, 2.5, 7.5]),
      family: .gaussian)
    let fit = try problem.fit()
    #expect(abs(fit.model.weights[0, 0] - 2) < 1e-12 && abs(fit.model.intercepts[0] - 1) < 1e-12)
    #expect(abs(fit.deviance - 1) < 1e-12 && abs(fit.nullDeviance - 81) < 1e-12 && abs(fit.dispersion - 0.5) < 1e-12)
    let aic: Double = 4 * (Double.log(Double.pi / 2) + 1) + 4
    #expect(abs(fit.aic - aic) < 1e-12)
    let inference = try problem.inference(of: fit)
    #expect(abs(inference.standardErrors[0, 0] - (0.5 / 20).squareRoot()) < 1e-12)
    #expect(abs(inference.standardErrors[0, 1] - (0.5 / 4).squareRoot()) < 1e-12)
    #expect(inference.residualDegreesOfFreedom == 2)
    let t: Double = 2 / (0.5 / 20).squareRoot()
    let p: Double = 1 - t / (2 + t * t).squareRoot()
    #expect(abs(inference.pValues[0, 0] - p) < 1e-10)
    let ridge = try problem.fit(penalty: .ridge(5))
    #expect(abs(ridge.model.weights[0, 0] - 1) < 1e-12 && abs(ridge.degreesOfFreedom - 1.5) < 1e-12)
    let lasso = try problem.fit(penalty: .lasso(5))
    #expect(abs(lasso.model.weights[0, 0] - 1) < 1e-12 && lasso.degreesOfFreedom == 2)
    #expect(abs(try problem.largestStrength(.lasso) - 10) < 1e-12)
  }

  @Test func scoresFarOutDoNotOverflow() throws {
    for link in [Link.logit, .probit, .cloglog] {
      let x = Tensor<Double>([-60, -30, -3, 3, 5, 5.5, -25, 4], shape: [8, 1])
      let problem = try GLMProblem(
        features: x, response: .numbers([0, 0, 0, 1, 1, 0.5, 0, 1]), family: .binomial, link: link)
      for weight in [-20.0, -1, 1, 20, 500] {
        let model = GeneralizedLinearModel(
          family: .binomial, link: link, weights: Tensor([weight], shape: [1, 1]), intercepts: Tensor<Double>([0]))
        let (value, gradient) = problem.objective(at: model, ridge: 0)
        #expect(!value.isNaN && gradient.elements.allSatisfy { !$0.isNaN }, "\(link), \(weight): \(value)")
      }
    }
    let tail = try GLMProblem(
      features: Tensor<Double>([-40, 40], shape: [2, 1]), response: .numbers([1, 0]), family: .binomial, link: .probit)
    let model = GeneralizedLinearModel(
      family: .binomial, link: .probit, weights: Tensor<Double>([1], shape: [1, 1]), intercepts: Tensor<Double>([0]))
    #expect(abs(tail.objective(at: model, ridge: 0).value / 804.6084420137538 - 1) < 1e-13)
  }
}
