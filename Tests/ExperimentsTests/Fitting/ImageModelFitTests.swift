import Datasets
import Experiments
import LinearModels
import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct ImageModelFitTests {
  private let random = RandomStream(seed: 12)

  /// Images of two channels in classes that a slope tells apart, as far as noise allows.
  private func dataset(
    classes: [String] = ["a", "b", "c"], count: Int = 120, slope: Float = 0.125, officialTest: Range<Int>? = nil
  ) throws -> Dataset {
    var images = randomTensor([count, 2, 4, 4], seed: 3, as: Float.self)
    let labels = (0..<count).map { $0 * 7 % classes.count }
    for (image, label) in labels.enumerated() {
      for pixel in 0..<16 { images[image, 1, pixel / 4, pixel % 4] += slope * Float(label * (pixel % 4)) }
    }
    return try Dataset(
      name: "slopes", images: images, labels: labels, classes: classes, officialTest: officialTest)
  }

  private func recipe(_ features: String, _ change: (inout GLMRecipe) -> Void = { _ in }) throws -> GLMRecipe {
    var recipe = GLMRecipe(features: try FeatureRequest(parsing: features))
    change(&recipe)
    return recipe
  }

  private func fit(_ recipe: GLMRecipe, _ dataset: Dataset, _ family: Family = .multinomial) throws -> ImageModelFit {
    let images = try FitImages(dataset, from: random)
    return try ImageModelFit(recipe, images, FitTarget(dataset, family: family), random: random)
  }

  @Test func itIsTheModelOfItsDesignMatrix() throws {
    let dataset = try dataset()
    let result = try fit(recipe("haar:3"), dataset)
    let basis = try HaarBasis(height: 4, width: 4)
    let rows = basis.analyze(dataset.images.reshaped([240, 4, 4]).map { Double($0) }, count: 3).reshaped([120, 6])
    let problem = try GLMProblem(features: rows, response: .classes(dataset.labels, count: 3), family: .multinomial)
    let expected = try problem.fit()
    #expect(result.fit == expected && result.fit.converged && result.path == nil && result.test == nil)
    #expect(result.inference == (try problem.inference(of: expected)))
    #expect(abs((result.train.logLoss ?? 0) - expected.deviance / 240) < 1e-12)
    let report = FitReport(result, dataset: "slopes")
    #expect(report.coefficients.count == 2 * 7 && report.coefficients[0].feature == "intercept")
    #expect(
      report.coefficients.allSatisfy { $0.score != "a" && $0.interval[0] < $0.estimate && $0.estimate < $0.interval[1] }
    )
  }

  /// The score of an image is its inner product with the template and a constant, whatever basis, scaling and selection.
  @Test(arguments: ["pixels", "fourier:5", "haar@energy:6", "polynomial", "pca:4"], [false, true])
  func templatesAreWhatTheModelLooksAt(features: String, standardizes: Bool) throws {
    let dataset = try dataset()
    let result = try fit(
      recipe(features) {
        ($0.penalty, $0.strength, $0.standardizes) = (.ridge, .fixed(0.01), standardizes)
      }, dataset)
    let templates = try WeightTemplates(result.model, scores: dataset.classes)
    #expect(templates.images.shape == [3, 2, 4, 4])
    let scores = result.model.model.scores(try result.model.columns.matrix(dataset.images))
    let products = dataset.images.map { Double($0) }.reshaped([120, 32])
      .matrixProduct(templates.images.reshaped([3, 32]), transposingOther: true)
    for score in 0..<3 {
      let differences = (0..<120).map { scores[$0, score] - products[$0, score] }
      #expect(differences.allSatisfy { abs($0 - differences[0]) < 1e-10 }, "score \(score)")
    }
  }

  @Test func featuresThatAreNotLinearHaveNoTemplates() throws {
    let result = try fit(recipe("log-fourier") { ($0.penalty, $0.strength) = (.ridge, .fixed(1)) }, dataset())
    #expect(throws: InputError.self) { _ = try WeightTemplates(result.model, scores: ["a", "b", "c"]) }
  }

  @Test func aPathTakesTheSmallestBIC() throws {
    let result = try fit(recipe("haar") { ($0.penalty, $0.strength, $0.strengthCount) = (.l1, .path, 8) }, dataset())
    let path = try #require(result.path)
    #expect(path.steps.count == 8 && path.steps[0].activeColumns == 0)
    #expect(path.steps.indices.allSatisfy { path.steps[path.chosen].bic <= path.steps[$0].bic })
    #expect(result.fit.penalty.strength == path.steps[path.chosen].strength && result.inference == nil)
  }

  /// Images of one group are equal: folds that divided groups would know the held-out images by heart.
  @Test func foldsKeepGroupsTogether() throws {
    let labels = (0..<60).map { ($0 / 6 * 7 + 3) % 2 }
    var stream = RandomStream(seed: 5)
    let sources = (0..<10).map { _ in (0..<16).map { _ in Float(stream.normal()) } }
    let images = Tensor<Float>((0..<60).flatMap { sources[$0 / 6] }, shape: [60, 4, 4])
    func loss(_ groups: ImageGroups?) throws -> Double {
      let dataset = try Dataset(name: "x", images: images, labels: labels, classes: ["a", "b"], groups: groups)
      let result = try fit(
        recipe("pixels") { ($0.penalty, $0.strength, $0.strengthCount) = (.ridge, .crossValidation(folds: 5), 4) },
        dataset)
      return try #require(result.path?.steps.last?.loss)
    }
    let (divided, together) = (try loss(nil), try loss(ImageGroups(key: "source", values: (0..<60).map { $0 / 6 })))
    #expect(divided < 0.1 && together > 0.5, "\(divided), \(together)")
  }

  @Test func groupsOfThePenaltyAreTheBandsOfEachChannel() throws {
    let dataset = try dataset()
    let result = try fit(recipe("haar:4") { ($0.penalty, $0.strength) = (.groupL1, .fixed(0.05)) }, dataset)
    let bands = result.model.columns.features.bands
    #expect(bands == [[0], [1], [2], [3], [4], [5], [6], [7]])
    let fine = try fit(recipe("haar") { ($0.penalty, $0.strength) = (.groupL1, .fixed(0.05)) }, dataset)
    #expect(fine.model.columns.features.bands?.map(\.count).sorted() == [1, 1, 1, 1, 1, 1, 1, 1, 4, 4, 4, 4, 4, 4])
    #expect(throws: InputError.self) {
      try fit(recipe("log-fourier") { ($0.penalty, $0.strength) = (.groupL1, .fixed(0.05)) }, dataset)
    }
  }

  @Test func aFitThatDidNotConvergeSaysSoFirst() throws {
    let result = try fit(
      recipe("haar") { $0.options = SolverOptions(tolerance: 1e-12, maximumIterations: 1) }, dataset())
    let report = FitReport(result, dataset: "slopes")
    #expect(!report.converged && report.lines[0].hasPrefix("NOT CONVERGED") && report.coefficients.isEmpty)
    #expect(report.lines.contains { $0.contains("did not converge") })
    #expect(result.coefficientTable.rows.allSatisfy { $0.last == "no" })
  }

  @Test func aSeparatedFitNamesTheRemedy() throws {
    let dataset = try dataset(count: 24)
    let report = FitReport(try fit(recipe("pixels"), dataset), dataset: "slopes")
    #expect(!report.converged && report.diagnostics.contains { $0.contains("penalty") }, "\(report.diagnostics)")
  }

  @Test func targetsOfAllFamilies() throws {
    let dataset = try dataset(classes: ["0", "2.5", "7"], count: 9)
    #expect(try FitTarget(dataset, family: .gaussian).response([0, 1, 2]) == .numbers([0, 2.5, 7]))
    #expect(
      try FitTarget(dataset, family: .poisson, numbers: Array(repeating: 4, count: 9)).response([8]) == .numbers([4]))
    let success = try FitTarget(dataset, family: .binomial, success: "2.5")
    #expect(success.response([0, 1, 2]) == .classes([0, 1, 0], count: 2) && success.classes == ["other", "2.5"])
    let two = try FitTarget(self.dataset(classes: ["no", "yes"], count: 9), family: .binomial)
    #expect(two.classes == ["no", "yes"] && two.scores == ["yes"])
  }

  @Test func targetsThatDoNotFitAreNamed() throws {
    let dataset = try dataset(count: 9)
    let attempts: [(Family, String?, [Double]?, String)] = [
      (.binomial, nil, nil, "--success"), (.binomial, "d", nil, "unknown class"),
      (.gaussian, nil, nil, "'a' is not a number"),
      (.gaussian, "a", nil, "binomial"), (.multinomial, nil, [1], "--response"),
      (.poisson, nil, [1], "1 numbers for 9"),
    ]
    for (family, success, numbers, complaint) in attempts {
      let error = #expect(throws: InputError.self) {
        _ = try FitTarget(dataset, family: family, success: success, numbers: numbers)
      }
      #expect(error?.description.contains(complaint) == true, "\(error?.description ?? "")")
    }
  }

  @Test(arguments: ImageClassifier.allCases)
  func classifiersAreChosenWithoutTestImages(classifier: ImageClassifier) throws {
    let dataset = try dataset(count: 150, slope: 0.5, officialTest: 100..<150)
    let images = try FitImages(dataset, from: random)
    let result = try ImageClassifierFit(
      classifier, FeatureRequest(parsing: "haar"), standardizes: false, folds: 4, largestDimension: 5, images,
      random: random)
    #expect(
      result.steps.count == (classifier == .ridge ? 30 : 6) && result.train.images == 100 && result.test?.images == 50)
    #expect(try #require(result.test?.accuracy).mean > 0.5)
    let blind = try Dataset(
      name: "slopes",
      images: Tensor(
        zip(dataset.images.elements, 0...).map { $1 < 100 * 32 ? $0 : -$0 }, shape: dataset.images.shape),
      labels: dataset.labels, classes: dataset.classes, officialTest: 100..<150)
    let other = try ImageClassifierFit(
      classifier, FeatureRequest(parsing: "haar"), standardizes: false, folds: 4, largestDimension: 5,
      FitImages(blind, from: random), random: random)
    #expect(other.setting == result.setting && other.train.accuracy == result.train.accuracy)
  }
}
