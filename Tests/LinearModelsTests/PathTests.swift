import LinearModels
import Parallel
import Tensors
import TestSupport
import Testing

@Suite struct PathTests {
  static let groups = [[0, 1, 2], [3, 4, 5, 6], [7], [8, 9]]
  static let kinds: [Penalty.Kind] = [.lasso, .elasticNet(mixing: 0.3), .groupLasso(groups), .ridge]

  static func problem(_ family: Family, rows: Int = 120, seed: UInt64 = 81) throws -> GLMProblem {
    let x: Tensor<Double> = randomTensor([rows, 10], seed: seed)
    var stream = RandomStream(seed: seed + 1)
    let truth = Tensor<Double>([0.8, 0, 0, -0.6, 0, 0, 0, 0, 0.4, 0], shape: [10, 1])
    let scores = x.matrixProduct(truth).map { $0 + 0.2 }.elements
    let response: Response =
      switch family {
      case .gaussian: .numbers(scores.map { $0 + stream.normal() })
      case .binomial: .numbers(scores.map { stream.uniform() < 1 / (1 + Double.exp(-$0)) ? 1 : 0 })
      case .poisson: .numbers(scores.map { Double(stream.poisson(mean: Double.exp($0))) })
      case .multinomial:
        .classes(scores.map { $0 + stream.normal() < -0.4 ? 0 : $0 < 0.5 ? 1 : 2 }, count: 3)
      }
    return try GLMProblem(features: x, response: response, family: family)
  }

  @Test(arguments: Family.allCases, [0, 1, 2])
  func pathBeginsWhereTheFirstWeightEnters(family: Family, kind: Int) throws {
    let problem = try Self.problem(family)
    let kind = Self.kinds[kind]
    let largest = try problem.largestStrength(kind)
    let fits = try problem.path(kind, strengths: [largest * 0.999, largest * (1 + 1e-9)])
    #expect(fits[1].activeColumns.isEmpty && !fits[0].activeColumns.isEmpty)
    #expect(abs(fits[1].deviance / fits[1].nullDeviance - 1) < 1e-12 && fits[1].explainedDeviance < 1e-12)
    #expect(abs(fits[1].degreesOfFreedom - (family == .multinomial ? 2 : 1)) < 1e-9)
  }

  @Test func aPathCanBeGivenUp() throws {
    var tried: [Double] = []
    #expect(throws: CancellationError.self) {
      try Self.problem(.poisson).path(.lasso, strengths: [0.01, 1, 0.1]) { strength in
        tried.append(strength)
        if strength < 1 { throw CancellationError() }
      }
    }
    #expect(tried == [1, 0.1])
  }

  @Test(arguments: Family.allCases, [0, 1, 2, 3])
  func pathHasTheOptimaOfSingleFits(family: Family, kind: Int) throws {
    let problem = try Self.problem(family)
    let kind = Self.kinds[kind]
    let options = SolverOptions(tolerance: 1e-9)
    let strengths = try problem.strengths(kind, count: 8, ratio: 1e-3)
    #expect(strengths.count == 8 && abs(strengths[7] / strengths[0] - 1e-3) < 1e-12)
    for (strength, fit) in zip(strengths, try problem.path(kind, strengths: strengths, options: options)) {
      let alone = try problem.fit(penalty: Penalty(kind, strength: strength), options: options)
      let place: Comment = "\(family), \(fit.penalty): \(fit.gradientNorm) after \(fit.iterations)"
      #expect(fit.converged && alone.converged && fit.penalty.strength == strength, place)
      #expect(abs(fit.objective - alone.objective) < 1e-11, place)
      #expect(relativeError(fit.model.weights, alone.model.weights, floor: 1e-3) < 1e-5, place)
    }
  }

  /// The elastic net with mixing 0 is ridge, with mixing 1 the lasso, and groups of one column of one score are the
  /// lasso.
  @Test(arguments: [Family.gaussian, .binomial, .poisson])
  func specialCasesAgree(family: Family) throws {
    let problem = try Self.problem(family)
    let options = SolverOptions(tolerance: 1e-10)
    func weights(_ penalty: Penalty) throws -> Tensor<Double> {
      try problem.fit(penalty: penalty, options: options).model.weights
    }
    let lasso = try weights(.lasso(0.05))
    #expect(relativeError(try weights(.elasticNet(0.05, mixing: 1)), lasso) < 1e-7)
    #expect(relativeError(try weights(.groupLasso(0.05, groups: (0..<10).map { [$0] })), lasso) < 1e-7)
    #expect(relativeError(try weights(.elasticNet(0.05, mixing: 0)), try weights(.ridge(0.05))) < 1e-7)
    #expect(relativeError(try weights(.lasso(0)), try weights(.none)) < 1e-7)
  }

  /// For orthonormal columns (XᵀX = n·I) the group lasso shrinks each least-squares block by its norm.
  @Test func groupsOfOrthogonalColumnsAreShrunkAsWhole() throws {
    let x = Tensor<Double>([1, 1, 1, -1, 1, -1, 1, -1, -1, -1, -1, 1], shape: [4, 3])
    let y = x.matrixProduct(Tensor<Double>([3, 4, 0.5], shape: [3, 1])).map { $0 + 10 }.elements
    let problem = try GLMProblem(features: x, response: .numbers(y), family: .gaussian)
    let fit = try problem.fit(penalty: .groupLasso(1, groups: [[0, 1], [2]]))
    let share: Double = 1 - 2.0.squareRoot() / 5
    let expected = Tensor<Double>([3 * share, 4 * share, 0], shape: [1, 3])
    #expect(relativeError(fit.model.weights, expected) < 1e-9)
    #expect(abs(fit.model.intercepts[0] - 10) < 1e-12 && fit.activeColumns == [0, 1])
    let tangential: Double = 1 / (1 + 2.0.squareRoot() / (5 * share))
    #expect(abs(fit.degreesOfFreedom - (2 + tangential)) < 1e-9)
  }

  @Test func crossValidationIsTheMeanOverFolds() throws {
    let problem = try Self.problem(.gaussian, rows: 40)
    let folds = try Folds(rowCount: 40) { $0 < 10 ? 0 : $0 < 22 ? 1 : 2 }
    let precise = SolverOptions(tolerance: 1e-10)
    let result = try problem.crossValidate(.lasso, strengths: [0.01, 0.3, 0.1], folds: folds, options: precise)
    #expect(result.strengths == [0.3, 0.1, 0.01] && result.fits.map(\.penalty.strength) == result.strengths)
    guard case .numbers(let y) = problem.response else { return }
    for (place, strength) in result.strengths.enumerated() {
      let losses: [[Double]] = try (0..<3).map { fold in
        let model = try problem.selecting(rows: folds.training(fold)).fit(penalty: .lasso(strength), options: precise)
          .model
        let means = model.means(problem.features)
        return folds.heldOut(fold).map { row -> Double in
          let residual = y[row] - means[row, 0]
          return residual * residual
        }
      }
      let mean: Double = losses.joined().reduce(0, +) / 40
      #expect(abs(result.means[place] - mean) < 1e-6)
      let variance = losses.reduce(0.0) { sum, losses in
        let deviation: Double = losses.reduce(0, +) / Double(losses.count) - mean
        return sum + Double(losses.count) / 40 * deviation * deviation
      }
      #expect(abs(result.standardErrors[place] - (variance / 2).squareRoot()) < 1e-6)
    }
    #expect(result.means[result.minimum] == result.means.min())
    let limit = result.means[result.minimum] + result.standardErrors[result.minimum]
    #expect(result.oneStandardError <= result.minimum && result.means[result.oneStandardError] <= limit)
    #expect(result.means[..<result.oneStandardError].allSatisfy { $0 > limit })
  }

  @Test(arguments: [ValidationLoss.deviance, .error])
  func crossValidationChoosesAmongClasses(loss: ValidationLoss) throws {
    let problem = try Self.problem(.multinomial, rows: 300)
    guard case .classes(let labels, _) = problem.response else { return }
    let folds = try Folds(5, labels: labels, groups: (0..<300).map { $0 / 4 }, from: RandomStream(seed: 9))
    let strengths = try problem.strengths(.lasso, count: 12, ratio: 1e-3)
    let results = try (1...2).map { threads in
      try ThreadPool.$substitute.withValue(ThreadPool(threadCount: threads)) {
        try problem.crossValidate(.lasso, strengths: strengths, folds: folds, loss: loss)
      }
    }
    #expect(results[0] == results[1] && results[0].unconvergedFolds.isEmpty)
    #expect((1..<12).contains(results[0].minimum))
    #expect(results[0].means[results[0].minimum] < 0.8 * results[0].means[0])
  }

  @Test func foldsKeepGroupsTogetherAndClassesInProportion() throws {
    let labels = (0..<400).map { $0 % 10 < 7 ? 0 : 1 }
    let groups = (0..<400).map { $0 / 8 }
    let folds = try Folds(5, labels: labels, groups: groups, from: RandomStream(seed: 10))
    for group in 0..<50 { #expect(Set(folds.assignments[group * 8..<group * 8 + 8]).count == 1) }
    for fold in 0..<5 {
      let rows = folds.heldOut(fold)
      #expect(abs(rows.count - 80) <= 8 && abs(Double(rows.count { labels[$0] == 1 }) - 24) <= 4)
      #expect(Set(rows).union(folds.training(fold)).count == 400)
    }
    #expect(try Folds(5, labels: labels, groups: groups, from: RandomStream(seed: 10)) == folds)
    #expect(try Folds(5, labels: labels, groups: groups, from: RandomStream(seed: 11)) != folds)
  }

  @Test func wrongFoldsAndPathsAreRefused() throws {
    let problem = try Self.problem(.multinomial)
    guard case .classes(let labels, _) = problem.response else { return }
    func message(_ body: () throws -> Void) -> String {
      #expect(throws: InputError.self, performing: body)?.description ?? ""
    }
    let byClass = try Folds(rowCount: 120) { labels[$0] == 1 ? 1 : $0 % 2 * 2 }
    #expect(
      message { _ = try problem.crossValidate(.lasso, strengths: [1], folds: byClass) }
        .contains("fold 1 holds all \(labels.count { $0 == 1 }) rows of class 1"))
    let short = try Folds(rowCount: 4) { $0 % 2 }
    #expect(
      message { _ = try problem.crossValidate(.lasso, strengths: [1], folds: short) }.contains("4 rows, expected 120"))
    #expect(message { _ = try Folds(rowCount: 4) { _ in 0 } }.contains("found 1, expected at least 2"))
    #expect(message { _ = try Folds(rowCount: 4) { $0 * 2 } }.contains("fold 1 of 7 has no rows"))
    #expect(
      message { _ = try Folds(4, labels: [0, 0, 1, 1], groups: [0, 0, 1, 1], from: RandomStream(seed: 1)) }
        .contains("2 groups cannot be divided into 4 folds"))
    let gaussian = try Self.problem(.gaussian)
    let folds = try Folds(rowCount: 120) { $0 % 3 }
    #expect(
      message { _ = try gaussian.crossValidate(.lasso, strengths: [1], folds: folds, loss: .error) }
        .contains("gaussian family"))
    #expect(message { _ = try gaussian.strengths(.lasso, count: 0) }.contains("found 0 values"))
    #expect(message { _ = try gaussian.strengths(.lasso, ratio: 1) }.contains("ratio of 1.0"))
    #expect(message { _ = try gaussian.inference(of: gaussian.fit(penalty: .lasso(0.1))) }.contains("lasso 0.1"))
  }
}
