import Formats
import LinearModels
import Parallel
import Tensors
import TestSupport
import Testing

@Suite struct ClassifierTests {
  private func data() throws -> (archive: NPZArchive, x: Tensor<Double>, labels: [Int]) {
    let archive = try NPZ.read(Places.fixture("sparse.npz"))
    return (archive, try archive["X"].tensor(), try archive["labels"].integers())
  }

  @Test(arguments: [0, 1, 2])
  func ridgeIsThatOfScikitLearn(index: Int) throws {
    let (archive, x, labels) = try data()
    let ridge = [1e-3, 1, 100][index] / Double(labels.count)
    let classifier = try RidgeProblem(features: x, labels: labels, classCount: 3).classifier(ridge: ridge)
    #expect(relativeError(classifier.weights, try archive["ridge-\(index).weights"].tensor()) < 1e-10)
    #expect(relativeError(classifier.intercepts, try archive["ridge-\(index).intercepts"].tensor()) < 1e-10)
    #expect(classifier.classes(try archive["new"].tensor()) == (try archive["ridge-\(index).classes"].integers()))
    #expect(classifier.parameterCount == 39)
  }

  @Test func ridgeWithMoreColumnsThanRowsIsThatOfScikitLearn() throws {
    let (archive, _, _) = try data()
    let wide: Tensor<Double> = try archive["wide"].tensor()
    let problem = try RidgeProblem(features: wide, labels: archive["wide.labels"].integers(), classCount: 3)
    let classifier = try problem.classifier(ridge: 0.5 / 14)
    #expect(relativeError(classifier.weights, try archive["wide.weights"].tensor()) < 1e-10)
    #expect(relativeError(classifier.intercepts, try archive["wide.intercepts"].tensor()) < 1e-10)
    #expect(try problem.classifier(ridge: 0).classes(wide) == (try archive["wide.labels"].integers()))
  }

  @Test func leaveOneOutIsThatOfScikitLearnAndOfRefitting() throws {
    let (archive, x, labels) = try data()
    let alphas: Tensor<Double> = try archive["ridge.alphas"].tensor()
    let expected: Tensor<Double> = try archive["ridge.leave-one-out"].tensor()
    let problem = try RidgeProblem(features: x, labels: labels, classCount: 3)
    let errors = try alphas.elements.map { try problem.leaveOneOut(ridge: $0 / Double(labels.count)).squaredError }
    #expect(relativeError(Tensor(errors), expected.map { abs($0) }) < 1e-10)
    let wrong = try labels.indices.count { row in
      let others = labels.indices.filter { $0 != row }
      let scale = Double(labels.count) / Double(others.count)
      let classifier = try RidgeProblem(
        features: x.gatheringRows(others), labels: others.map { labels[$0] }, classCount: 3
      ).classifier(ridge: 0.01 * scale)
      return classifier.classes(x[rows: row..<row + 1]) != [labels[row]]
    }
    #expect(try problem.leaveOneOut(ridge: 0.01).errorRate == Double(wrong) / Double(labels.count))
  }

  @Test func generalizedCrossValidationIsItsFormula() throws {
    let problem = try RidgeProblem(
      features: Tensor<Double>([-1, 0, 1, 2], shape: [4, 1]), labels: [0, 0, 1, 1], classCount: 2)
    let classifier = try problem.classifier(ridge: 0.25)
    let slope = 4.0 / 6
    #expect(abs(classifier.weights[1, 0] - slope) < 1e-14 && abs(classifier.intercepts[1] + 0.5 * slope) < 1e-14)
    let (near, far) = (1 - 0.5 * slope, 1 - 1.5 * slope)
    let mean = (near * near + far * far) / 2
    let share: Double = 1 - (1 + 5.0 / 6) / 4
    #expect(abs(try problem.generalizedCrossValidation(ridge: 0.25) - mean / (share * share)) < 1e-14)
  }

  @Test(arguments: [0, 1, 3, 7])
  func affineSpacesAreThoseOfScikitLearn(dimension: Int) throws {
    let (archive, x, labels) = try data()
    let rows: Tensor<Double> = try archive["new"].tensor()
    let expected: Tensor<Double> = try archive["affine-\(dimension)"].tensor()
    let largest = try AffinePCAClassifier(fitting: x, labels: labels, classCount: 3, dimension: 9)
    let classifier = largest.with(dimension: dimension)
    #expect(relativeError(classifier.residuals(rows), expected) < 1e-10)
    let nearest = (0..<40).map { row in (0..<3).min { expected[row, $0] < expected[row, $1] }! }
    #expect(classifier.classes(rows) == nearest)
    #expect(largest.errorRates(rows, labels: nearest)[dimension] == 0)
    #expect(largest.errorRates(rows, labels: nearest).count == 10)
  }

  @Test func pointsOnTheirLinesHaveNoResidual() throws {
    let x = Tensor<Double>([0, 0, 1, 1, 2, 2, 5, 0, 5, 1, 5, 3], shape: [6, 2])
    let classifier = try AffinePCAClassifier(fitting: x, labels: [0, 0, 0, 1, 1, 1], classCount: 2, dimension: 5)
    #expect(classifier.components.map { $0.shape[0] } == [1, 1])
    let residuals = classifier.residuals(Tensor<Double>([3, 3, 5, 9, 0, 2], shape: [3, 2]))
    let expected = Tensor<Double>([0, 4, 8, 0, 2, 25], shape: [3, 2])
    #expect(relativeError(residuals, expected) < 1e-14)
    #expect(classifier.classes(Tensor<Double>([3, 3, 5, 9, 0, 2], shape: [3, 2])) == [0, 1, 0])
  }

  @Test func foldsChooseTheDimension() throws {
    var stream = RandomStream(seed: 3)
    let labels = (0..<120).map { $0 % 2 }
    let x = Tensor<Double>(shape: [120, 6]) { target in
      for (row, label) in labels.enumerated() {
        for column in 0..<6 {
          target[row * 6 + column] = (column / 3 == label ? 1 : 0.05) * stream.normal()
        }
      }
    }
    let folds = try Folds(5, labels: labels, from: RandomStream(seed: 4))
    let rates = try AffinePCAClassifier.crossValidatedErrorRates(
      x, labels: labels, classCount: 2, dimension: 6, folds: folds)
    #expect(rates.count == 7 && rates[3] == 0 && rates[0] > 0.2 && rates[6] > 0.2)
  }

  @Test func threadsDoNotChangeBits() throws {
    let (_, x, labels) = try data()
    let residuals = try (1...3).map { threads in
      try ThreadPool.$substitute.withValue(ThreadPool(threadCount: threads)) {
        try AffinePCAClassifier(fitting: x, labels: labels, classCount: 3, dimension: 4).residuals(x)
      }
    }
    #expect(residuals[1] == residuals[0] && residuals[2] == residuals[0])
  }

  @Test func wrongDataAreRefused() throws {
    let x: Tensor<Double> = randomTensor([4, 2], seed: 5)
    func message(_ body: () throws -> Void) -> String {
      #expect(throws: InputError.self, performing: body)?.description ?? ""
    }
    #expect(
      message { _ = try AffinePCAClassifier(fitting: x, labels: [0, 0, 2, 2], classCount: 3, dimension: 1) }
        .contains("class 1"))
    #expect(
      message { _ = try AffinePCAClassifier(fitting: x, labels: [0, 0, 1, 1], classCount: 2, dimension: -1) }
        .contains("-1"))
    #expect(message { _ = try RidgeProblem(features: x, labels: [0, 0, 1, 3], classCount: 3) }.contains("row 3"))
    let problem = try RidgeProblem(features: x, labels: [0, 0, 1, 1], classCount: 2)
    #expect(message { _ = try problem.classifier(ridge: -1) }.contains("-1"))
    let folds = try Folds(rowCount: 4) { $0 / 2 }
    #expect(
      message {
        _ = try AffinePCAClassifier.crossValidatedErrorRates(
          x, labels: [0, 0, 1, 1], classCount: 2, dimension: 1, folds: folds)
      }.contains("fold 0 holds all 2 rows of class 0"))
  }
}
