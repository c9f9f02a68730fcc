import LinearModels
import Tensors
import TestSupport
import Testing

/// Data without an optimum, or with many, are told apart from data that have one, and what is to blame is named.
@Suite struct GLMDiagnosticTests {
  private func fit(
    _ x: Tensor<Double>, _ response: Response, _ family: Family, link: Link? = nil, penalty: Penalty = .none,
    solver: Solver = .automatic
  ) throws -> GLMFit {
    try GLMProblem(features: x, response: response, family: family, link: link).fit(penalty: penalty, solver: solver)
  }

  static let noise: Tensor<Double> = randomTensor([40, 3], seed: 61)

  @Test(arguments: [Link.logit, .probit, .cloglog], [Solver.newton, .lbfgs])
  func completeSeparationIsNamed(link: Link, solver: Solver) throws {
    let y = (0..<40).map { Self.noise[$0, 1] > 0.2 ? 1.0 : 0 }
    let fit = try fit(Self.noise, .numbers(y), .binomial, link: link, solver: solver)
    #expect(!fit.converged)
    guard case .separation(true, let classes, let columns) = fit.diagnostics.last else {
      Issue.record("\(link): \(fit.diagnostics)")
      return
    }
    #expect(classes == [0, 1] && columns.contains(1))
    let verb = columns.count == 1 ? "separates" : "separate"
    #expect(fit.diagnostics.last!.description.contains("completely \(verb) classes 0, 1"))
    let ridge = try self.fit(Self.noise, .numbers(y), .binomial, link: link, penalty: .ridge(0.01))
    #expect(ridge.converged && ridge.diagnostics.isEmpty)
  }

  @Test(arguments: [Link.logit, .probit, .cloglog], [Solver.newton, .lbfgs])
  func quasiCompleteSeparationIsNamed(link: Link, solver: Solver) throws {
    var stream = RandomStream(seed: 62)
    let x = Tensor<Double>(shape: [60, 2]) { target in
      for row in 0..<60 { (target[2 * row], target[2 * row + 1]) = (stream.normal(), row < 20 ? 1 : 0) }
    }
    let y = (0..<60).map { row -> Double in row < 20 ? 1 : stream.uniform() < 0.5 ? 1 : 0 }
    let fit = try fit(x, .numbers(y), .binomial, link: link, solver: solver)
    #expect(!fit.converged)
    guard case .separation(false, [0, 1], let columns) = fit.diagnostics.last else {
      Issue.record("\(link), \(solver): \(fit.diagnostics)")
      return
    }
    #expect(columns == [1])
  }

  @Test(arguments: [Solver.newton, .lbfgs])
  func oneSeparatedClassOfThreeIsNamed(solver: Solver) throws {
    var stream = RandomStream(seed: 63)
    let labels = (0..<90).map { $0 % 3 }
    let x = Tensor<Double>(shape: [90, 2]) { target in
      for (row, label) in labels.enumerated() {
        target[2 * row] = label == 2 ? 5 + stream.uniform() : stream.uniform()
        target[2 * row + 1] = Double(label % 2) + stream.normal()
      }
    }
    let fit = try fit(x, .classes(labels, count: 3), .multinomial, solver: solver)
    guard case .separation(false, let classes, let columns) = fit.diagnostics.last, !fit.converged else {
      Issue.record("\(fit.diagnostics)")
      return
    }
    #expect(classes == [2] && columns.contains(0))
  }

  @Test func countsThatAreAllZeroOnOneSideHaveNoOptimum() throws {
    let x = Tensor((0..<30).map { $0 < 10 ? 1.0 : 0 }, shape: [30, 1])
    let y = (0..<30).map { $0 < 10 ? 0.0 : Double($0 % 4) }
    let fit = try fit(x, .numbers(y), .poisson)
    #expect(!fit.converged && fit.diagnostics.last == .separation(complete: false, classes: [], columns: [0]))
    #expect(
      fit.diagnostics.last!.description.contains("column 0 separates without overlap counts of 0 from all others"))
  }

  @Test(arguments: [1.0, 3, 6])
  func overlappingClassesHaveAnOptimum(size: Double) throws {
    var stream = RandomStream(seed: 64)
    let y = (0..<40).map { row -> Double in
      stream.uniform() < 1 / (1 + Double.exp(-size * Self.noise[row, 0])) ? 1 : 0
    }
    var overlapping = y
    overlapping[0] = Self.noise[0, 0] > 0 ? 0 : 1
    let fit = try fit(Self.noise, .numbers(overlapping), .binomial)
    #expect(fit.converged && fit.diagnostics.isEmpty, "\(fit.diagnostics)")
  }

  @Test(arguments: [Family.gaussian, .poisson])
  func collinearAndConstantColumnsAreNamedAndDropped(family: Family) throws {
    let x = Tensor<Double>(shape: [40, 6]) { target in
      for row in 0..<40 {
        let (a, b, c) = (Self.noise[row, 0], Self.noise[row, 1], Self.noise[row, 2])
        for (column, value) in [a, 7, b, 2 * a - b + 3, c, c].enumerated() { target[row * 6 + column] = value }
      }
    }
    let y = (0..<40).map { row in (Self.noise[row, 2] * 2 + 4).rounded().magnitude }
    let fit = try fit(x, .numbers(y), family)
    #expect(fit.diagnostics == [.constantColumns([1]), .collinearColumns([3, 5])])
    #expect(fit.converged && fit.degreesOfFreedom == 4)
    for column in [1, 3, 5] { #expect(fit.model.weights[0, column] == 0) }
    let plain = try self.fit(Self.noise, .numbers(y), family)
    #expect(abs(fit.deviance / plain.deviance - 1) < 1e-9)
    let problem = try GLMProblem(features: x, response: .numbers(y), family: family)
    let errors = try problem.inference(of: fit).standardErrors
    let small = try GLMProblem(features: Self.noise, response: .numbers(y), family: family)
    let expected = try small.inference(of: plain).standardErrors
    for (column, place) in [0: 0, 2: 1, 4: 2, 6: 3] {
      #expect(abs(errors[0, column] / expected[0, place] - 1) < 1e-6)
    }
    for column in [1, 3, 5] { #expect(errors[0, column].isNaN) }
    #expect(try self.fit(x, .numbers(y), family, penalty: .ridge(0.1)).diagnostics == [.constantColumns([1])])
  }

  @Test func fewerRowsThanParametersIsNamed() throws {
    let x: Tensor<Double> = randomTensor([6, 9], seed: 65)
    let y = (0..<6).map { Double($0 * $0) }
    let fit = try fit(x, .numbers(y), .gaussian)
    #expect(fit.diagnostics.contains(.fewerRowsThanParameters(rows: 6, parameters: 10)))
    #expect(fit.deviance < 1e-10 && fit.degreesOfFreedom == 6)
    let problem = try GLMProblem(features: x, response: .numbers(y), family: .gaussian)
    let error = #expect(throws: InputError.self) { try problem.inference(of: fit) }
    #expect(error?.description.contains("6 observations for 6 parameters") == true)
    let ridge = try problem.fit(penalty: .ridge(0.1))
    #expect(ridge.converged && ridge.diagnostics.isEmpty && ridge.degreesOfFreedom < 6)
  }

  @Test func absentClassIsNamed() throws {
    let labels = (0..<40).map { $0 % 2 * 2 }
    let fit = try fit(Self.noise, .classes(labels, count: 4), .multinomial, penalty: .ridge(0.1))
    #expect(fit.diagnostics == [.absentClasses([1, 3])])
    #expect(fit.diagnostics[0].description.contains("no row is of classes 1, 3"))
    #expect(fit.diagnostics[0].text(column: { "\($0)" }, class: { ["a", "b", "c", "d"][$0] }).contains("classes b, d"))
  }

  @Test(arguments: [Solver.newton, .lbfgs, .coordinateDescent])
  func unfinishedFitSaysSo(solver: Solver) throws {
    let y = (0..<40).map { Self.noise[$0, 1] + Self.noise[$0, 0] > 0.2 * Self.noise[$0, 2] ? 1.0 : 0 }
    let problem = try GLMProblem(features: Self.noise, response: .numbers(y), family: .binomial)
    let fit = try problem.fit(
      penalty: .ridge(1e-4), solver: solver, options: SolverOptions(tolerance: 1e-12, maximumIterations: 2))
    #expect(!fit.converged && fit.iterations == 2 && fit.gradientNorm > 1e-12)
    #expect(fit.diagnostics == [.notConverged(gradientNorm: fit.gradientNorm, iterations: 2)])
  }

  @Test func wrongDataAreRefused() throws {
    let x: Tensor<Double> = randomTensor([4, 2], seed: 66)
    func message(
      _ response: Response, _ family: Family, link: Link? = nil, offset: Tensor<Double>? = nil,
      weights: SampleWeights? = nil
    ) -> String {
      #expect(throws: InputError.self) {
        try GLMProblem(features: x, response: response, family: family, link: link, offset: offset, weights: weights)
      }?.description ?? ""
    }
    let y = Response.numbers([0, 1, 1, 0])
    #expect(message(y, .poisson, link: .probit).contains("poisson family takes log or identity, got 'probit'"))
    #expect(message(y, .multinomial).contains("explains classes, got numbers"))
    #expect(message(.classes([0, 1, 1, 0], count: 2), .poisson).contains("explains numbers, got classes"))
    #expect(message(.numbers([0, 1, 1]), .gaussian).contains("3 responses for 4 rows"))
    #expect(message(.numbers([0, 1, 2, 0]), .binomial).contains("row 2 has 2.0, expected a number from 0 to 1"))
    #expect(message(.numbers([0, -1, 2, 0]), .poisson).contains("row 1 has -1.0"))
    #expect(message(.numbers([0, .nan, 2, 0]), .gaussian).contains("row 1 has nan"))
    #expect(message(.numbers([1, 1, 1, 1]), .binomial).contains("all 4 rows are 1"))
    #expect(message(.numbers([0, 0, 0, 0]), .poisson).contains("all 4 counts are 0"))
    #expect(message(.numbers([-1, 0, 0, 0]), .gaussian, link: .log).contains("the mean is -0.25"))
    #expect(message(.classes([0, 1, 2, 0], count: 3), .binomial).contains("needs 2 classes, got 3"))
    #expect(message(y, .gaussian, offset: Tensor<Double>([1, 2])).contains("expected shape [4], got [2]"))
    #expect(message(y, .gaussian, offset: Tensor<Double>([1, 2, .infinity, 3])).contains("row 2 is not finite"))
    #expect(message(y, .gaussian, weights: .precision([1, 2, -1, 1])).contains("row 2 has -1.0"))
    #expect(message(y, .gaussian, weights: .precision([0, 0, 0, 0])).contains("all weights are 0"))
    #expect(message(y, .gaussian, weights: .frequency([1])).contains("1 weights for 4 rows"))
  }

  @Test func wrongNamesListTheRightOnes() {
    let errors = [
      #expect(throws: InputError.self) { try Family(named: "gamma") },
      #expect(throws: InputError.self) { try Link(named: "cauchit") },
      #expect(throws: InputError.self) { try Solver(named: "sgd") },
    ].map { $0?.description ?? "" }
    #expect(errors[0].contains("gaussian, binomial, multinomial or poisson, got 'gamma'"))
    #expect(errors[1].contains("identity, logit, log, probit or cloglog, got 'cauchit'"))
    #expect(errors[2].contains("automatic, newton, lbfgs or coordinateDescent, got 'sgd'"))
  }

  @Test func wrongPenaltiesAreRefused() throws {
    let x: Tensor<Double> = randomTensor([5, 3], seed: 67)
    let problem = try GLMProblem(features: x, response: .numbers([1, 2, 3, 4, 5]), family: .gaussian)
    func message(_ penalty: Penalty, _ solver: Solver = .automatic) -> String {
      #expect(throws: InputError.self) { try problem.fit(penalty: penalty, solver: solver) }?.description ?? ""
    }
    #expect(message(.lasso(-1)).contains("λ = -1.0"))
    #expect(message(.ridge(.infinity)).contains("λ = inf"))
    #expect(message(.elasticNet(1, mixing: 1.5)).contains("mixing of 1.5"))
    #expect(message(.groupLasso(1, groups: [[0, 1]])).contains("column 2 lies in no group"))
    #expect(message(.groupLasso(1, groups: [[0, 1], [1, 2]])).contains("column 1 lies in groups 0 and 1"))
    #expect(message(.groupLasso(1, groups: [[0, 1], [2, 3]])).contains("column 3, expected 0 to 2"))
    #expect(message(.groupLasso(1, groups: [[0, 1, 2], []])).contains("group 1 has no columns"))
    #expect(message(.lasso(1), .newton).contains("newton needs a smooth penalty, got lasso 1.0"))
  }
}
