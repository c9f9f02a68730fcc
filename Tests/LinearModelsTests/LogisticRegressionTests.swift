import Formats
import LinearModels
import Parallel
import Tensors
import TestSupport
import Testing

@Suite struct LogisticRegressionTests {
  static let precise = SolverOptions(tolerance: 1e-11)

  @Test func findsTheOptimumOfScikitLearn() throws {
    let archive = try NPZ.read(Places.fixture("logistic.npz"))
    let features: Tensor<Double> = try archive["X"].tensor()
    let labels = try archive["y"].integers()
    let ridges: Tensor<Double> = try archive["ridges"].tensor()
    let problem = try LogisticProblem(features: features, labels: labels, classCount: 4)
    for (index, fit) in try problem.fit(path: ridges.elements, options: Self.precise).enumerated() {
      let objective: Tensor<Double> = try archive["objective_\(index)"].tensor()
      let place: Comment = "λ = \(fit.ridge), gradient norm \(fit.gradientNorm) after \(fit.iterations) iterations"
      #expect(fit.converged && fit.gradientNorm <= 1e-11 && fit.ridge == ridges.elements[index], place)
      #expect(abs(fit.objective - objective[0]) < 1e-11, place)
      #expect(relativeError(fit.model.weights, try archive["coef_\(index)"].tensor()) < 1e-7, place)
      #expect(relativeError(fit.model.intercepts, try archive["intercept_\(index)"].tensor()) < 1e-7, place)
      let logarithms: Tensor<Double> = try archive["log_probabilities_\(index)"].tensor()
      #expect(relativeError(fit.model.logProbabilities(features), logarithms) < 1e-7, place)
    }
  }

  @Test(arguments: [0, 0.3])
  func gradientIsThatOfCentralDifferences(ridge: Double) throws {
    let (features, labels) = clusters(count: 40, columns: 3, classes: 4, spread: 1, seed: 5)
    let problem = try LogisticProblem(features: features, labels: labels, classCount: 4)
    let weights: Tensor<Double> = randomTensor([4, 3], seed: 6)
    let intercepts: Tensor<Double> = randomTensor([4], seed: 7)
    let gradient = problem.objective(
      at: LogisticRegression(weights: weights, intercepts: intercepts), ridge: ridge
    ).gradient
    let step = 1e-5
    let difference = { (row: Int, column: Int) in
      let values = [step, -step].map { step in
        var (w, b) = (weights, intercepts)
        if column < 3 { w[row, column] += step } else { b[row] += step }
        return problem.objective(at: LogisticRegression(weights: w, intercepts: b), ridge: ridge).value
      }
      return (values[0] - values[1]) / (2 * step)
    }
    for row in 0..<4 {
      for column in 0..<4 { #expect(abs(gradient[row, column] - difference(row, column)) < 1e-9) }
    }
  }

  @Test func interceptIsNotPenalised() throws {
    let (features, labels) = clusters(count: 60, columns: 4, classes: 3, spread: 2, seed: 8)
    let fit = try LogisticRegression.fit(
      features: features, labels: labels, classCount: 3, ridge: 1e9, options: Self.precise)
    let frequencies = (0..<3).map { index in Double(labels.count { $0 == index }) / 60 }
    let probabilities = fit.model.probabilities(features)
    for index in 0..<3 { #expect(abs(probabilities[17, index] - frequencies[index]) < 1e-6) }
    let shifted = try LogisticRegression.fit(
      features: features.map { $0 + 10 }, labels: labels, classCount: 3, ridge: 0.1, options: Self.precise)
    let plain = try LogisticRegression.fit(
      features: features, labels: labels, classCount: 3, ridge: 0.1, options: Self.precise)
    #expect(relativeError(shifted.model.weights, plain.model.weights) < 1e-8)
  }

  @Test func withoutFeaturesTheModelIsTheFrequencies() throws {
    let fit = try LogisticRegression.fit(
      features: .zeros([5, 0]), labels: [0, 1, 1, 1, 0], classCount: 2, ridge: 0, options: Self.precise)
    #expect(fit.converged)
    #expect(abs(fit.model.probabilities(.zeros([1, 0]))[0, 1] - 0.6) < 1e-10)
  }

  @Test func twoPointsHaveTheSolutionOfTheScalarEquation() throws {
    let fit = try LogisticRegression.fit(
      features: Tensor([-1, 1], shape: [2, 1]), labels: [0, 1], classCount: 2, ridge: 0.1, options: Self.precise)
    let weight = fit.model.weights[1, 0]
    #expect(abs(0.1 * weight - 1 / (1 + Double.exp(2 * weight)) * 1) < 1e-10)
    #expect(abs(fit.model.weights[0, 0] + weight) < 1e-12 && abs(fit.model.intercepts[0]) < 1e-12)
  }

  @Test(arguments: [1e-1, 1e-4, 1e-7])
  func separableDataHaveAnOptimumWithRidge(ridge: Double) throws {
    let (features, labels) = clusters(count: 90, columns: 5, classes: 3, spread: 0.05, seed: 9)
    let fit = try LogisticRegression.fit(features: features, labels: labels, classCount: 3, ridge: ridge)
    #expect(fit.converged, "gradient norm \(fit.gradientNorm) after \(fit.iterations) iterations")
    #expect(fit.model.classes(features) == labels)
  }

  @Test func absentClassGetsNoProbability() throws {
    let (features, labels) = clusters(count: 50, columns: 3, classes: 3, spread: 1, seed: 10)
    let fit = try LogisticRegression.fit(features: features, labels: labels, classCount: 4, ridge: 0.01)
    #expect(fit.converged && fit.model.parameterCount == 16)
    let probabilities = fit.model.probabilities(features)
    for row in 0..<50 { #expect(probabilities[row, 3] < 1e-4) }
  }

  @Test func repeatsHaveTheSameBitsAndPathsTheSameOptima() throws {
    let (features, labels) = clusters(count: 700, columns: 6, classes: 4, spread: 2, seed: 12)
    let problem = try LogisticProblem(features: features, labels: labels, classCount: 4)
    let ridges = [1e-3, 1, 1e-2]
    let path = try problem.fit(path: ridges, options: Self.precise)
    #expect(try problem.fit(path: ridges, options: Self.precise) == path)
    for (ridge, fit) in zip(ridges, path) {
      let alone = try problem.fit(ridge: ridge, options: Self.precise)
      #expect(fit.ridge == ridge && fit.converged && alone.converged)
      #expect(relativeError(fit.model.weights, alone.model.weights) < 1e-7)
    }
  }

  @Test func threadsDoNotChangeBits() throws {
    let (features, labels) = clusters(count: 1300, columns: 6, classes: 4, spread: 2, seed: 16)
    let problem = try LogisticProblem(features: features, labels: labels, classCount: 4)
    let fits = try (1...3).map { threads in
      try ThreadPool.$substitute.withValue(ThreadPool(threadCount: threads)) { try problem.fit(ridge: 1e-3) }
    }
    #expect(fits[1] == fits[0] && fits[2] == fits[0])
  }

  @Test func unfinishedFitSaysSo() throws {
    let (features, labels) = clusters(count: 100, columns: 6, classes: 3, spread: 1, seed: 13)
    let fit = try LogisticRegression.fit(
      features: features, labels: labels, classCount: 3, ridge: 1e-3,
      options: SolverOptions(tolerance: 1e-12, maximumIterations: 2))
    #expect(!fit.converged && fit.iterations == 2 && fit.gradientNorm > 1e-12)
  }

  @Test(arguments: [1e-30, 1e-8, 1e8, 1e25, 1e150])
  func featuresOfAnySizeEndTheSolver(scale: Double) throws {
    let (features, labels) = clusters(count: 60, columns: 4, classes: 3, spread: 1, seed: 15)
    let fit = try LogisticRegression.fit(
      features: features.map { $0 * scale }, labels: labels, classCount: 3, ridge: 0.01,
      options: SolverOptions(maximumIterations: 50))
    #expect(fit.objective.isFinite && fit.objective <= Double.log(3) + 1e-12)
    #expect(fit.converged == (fit.gradientNorm <= 1e-6))
    if scale <= 1e-8 { #expect(fit.converged) }
  }

  @Test func wrongDataAreRefused() throws {
    let features: Tensor<Double> = randomTensor([4, 2], seed: 14)
    func message(_ features: Tensor<Double>, _ labels: [Int], _ ridge: Double = 1) -> String? {
      #expect(throws: InputError.self) {
        try LogisticRegression.fit(features: features, labels: labels, classCount: 2, ridge: ridge)
      }?.description
    }
    #expect(message(features, [0, 1, 0])?.contains("3 labels for 4 rows") == true)
    #expect(message(features, [0, 1, 2, 0])?.contains("row 2 has class 2") == true)
    #expect(message(features, [0, -1, 1, 0])?.contains("row 1 has class -1") == true)
    #expect(message(features, [1, 1, 1, 1])?.contains("all 4 rows are of class 1") == true)
    #expect(message(.zeros([0, 2]), [])?.contains("no rows") == true)
    #expect(message(features, [0, 1, 0, 1], -1)?.contains("-1.0") == true)
    #expect(message(features, [0, 1, 0, 1], .nan) != nil)
    var damaged = features
    damaged[3, 1] = .nan
    #expect(message(damaged, [0, 1, 0, 1])?.contains("row 3, column 1") == true)
  }

  @Test func predictionIsStableForHugeScores() {
    let model = LogisticRegression(weights: Tensor([1e4, -1e4], shape: [2, 1]), intercepts: Tensor([0, 0]))
    let features = Tensor([1.0, -1, 0], shape: [3, 1])
    #expect(model.classes(features) == [0, 1, 0])
    #expect(model.probabilities(features)[0, 1] == 0)
    #expect(abs(model.logLoss(features, labels: [1, 1, 0]) - (2e4 + Double.log(2)) / 3) < 1e-9)
  }
}
