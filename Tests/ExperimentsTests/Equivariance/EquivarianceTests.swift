import Datasets
import Experiments
import NeuralNetworks
import Spectral
import TestSupport
import Tensors
import Testing

@Suite struct EquivarianceTests {
  private static let images: Tensor<Float> = {
    var stream = RandomStream(seed: 9)
    return Tensor((0..<20 * 256).map { _ in Float(stream.uniform(in: 0..<1)) }, shape: [20, 1, 16, 16])
  }()

  private func report(
    _ network: Network, _ motions: [EquivarianceReport.Motion], isCircular: Bool
  ) throws -> EquivarianceReport.Subject {
    let trained = TrainedNetwork(
      network, weights: Weights(initializing: network, from: RandomStream(seed: 3)), standardizer: nil)
    let subject = EquivarianceSubject(trained, name: "network", images: Self.images)
    return try EquivarianceReport([subject], motions: motions, dataset: "noise", isCircular: isCircular).subjects[0]
  }

  private func convolution(_ boundary: Boundary, stride: Int = 1) throws -> Network {
    try Network(inputShape: [1, 16, 16]) {
      Conv2D(
        inputChannels: 1, outputChannels: 4, kernelSize: 3, stride: Extent2D(stride), padding: 1,
        boundary: boundary, method: .direct)
      ReLU()
      GlobalAveragePool2D()
      Flatten()
      Dense(inputCount: 4, outputCount: 3)
    }
  }

  /// A circular convolution commutes with circular shifts, and an average over all positions does not see them.
  @Test func aCircularConvolutionMovesWithTheImage() throws {
    let subject = try report(
      convolution(.circular), [.init(kind: .shift, amount: 1), .init(kind: .shift, amount: 7)], isCircular: true)
    #expect(subject.stages.map(\.isMap) == [true, true, false, false, false])
    for stage in subject.stages {
      for error in stage.errors { #expect(try #require(error) < 1e-6, "\(stage.name)") }
    }
    #expect(subject.changes == [0, 0])
  }

  /// Zeros at the border do not go round: the outermost samples differ, those inside do not.
  @Test func bordersBreakTheSymmetry() throws {
    let motions = [EquivarianceReport.Motion(kind: .shift, amount: 1)]
    let broken = try report(convolution(.zero), motions, isCircular: true)
    #expect(try #require(broken.stages[0].errors[0]) > 0.01)
    let still = try report(convolution(.zero), [.init(kind: .shift, amount: 0)], isCircular: false)
    #expect(still.stages.allSatisfy { $0.errors == [0] } && still.changes == [0])
  }

  /// A stride of 2 commutes with shifts by 2 and not with shifts by 1.
  @Test func aStrideKeepsShiftsByItself() throws {
    let subject = try report(
      convolution(.circular, stride: 2), [.init(kind: .shift, amount: 1), .init(kind: .shift, amount: 2)],
      isCircular: true)
    let errors = subject.stages[0].errors
    #expect(try #require(errors[0]) > 0.05 && #require(errors[1]) < 1e-6)
  }

  /// A quarter turn of a square is exact, and 1×1 filters commute with it; flattened, nothing does.
  @Test func aQuarterTurnIsExact() throws {
    let network = try Network(inputShape: [1, 16, 16]) {
      Conv2D(inputChannels: 1, outputChannels: 2, kernelSize: 1)
      Flatten()
      Dense(inputCount: 512, outputCount: 3)
    }
    let subject = try report(
      network, [.init(kind: .rotation, amount: 90), .init(kind: .scale, amount: 1)], isCircular: false)
    #expect(try #require(subject.stages[0].errors[0]) < 1e-5)
    #expect(try #require(subject.stages[1].errors[0]) > 0.1)
    #expect(subject.stages[0].errors[1] == 0 && subject.changes[1] == 0)
  }

  /// The root mean square of the changes over four directions, in units of the deviation, by rolling rows and columns.
  @Test func numbersChangeByTheirRootMeanSquare() throws {
    let numbers = (0..<20).map { Double(($0 * 7) % 20) / 3 }
    let dataset = try Dataset(
      name: "x", images: Self.images.reshaped([20, 16, 16]), labels: [Int](repeating: 0, count: 20), classes: ["all"],
      numbers: numbers)
    var recipe = GLMRecipe(features: try FeatureRequest(map: "pixels"))
    (recipe.penalty, recipe.strength) = (.ridge, .fixed(0.1))
    let parts = try FitImages(dataset, from: RandomStream(seed: 2))
    let model = try ImageModelFit(recipe, parts, FitTarget(dataset), random: RandomStream(seed: 4)).model
    let spread = try #require(dataset.numberSpread)
    let report = try EquivarianceReport(
      [EquivarianceSubject(model, images: Self.images, spread: spread)], motions: [.init(kind: .shift, amount: 3)],
      dataset: "x", isCircular: true)
    let before = try model.predictions(Self.images).elements
    var sum = 0.0
    for (down, right) in [(3, 0), (-3, 0), (0, 3), (0, -3)] {
      let rolled = Tensor<Float>(shape: [20, 1, 16, 16]) { target in
        for place in target.indices {
          let (row, column) = ((place / 16 + down + 16) % 16, (place + right + 16) % 16)
          target[place] = Self.images[rows: place / 256..<place / 256 + 1].elements[row * 16 + column]
        }
      }
      sum += zip(try model.predictions(rolled).elements, before).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    let expected = (sum / 80).squareRoot() / spread
    #expect(abs(report.subjects[0].changes[0] / expected - 1) < 1e-9 && expected > 0.01)
    #expect(report.subjects[0].spread == spread && report.lines.contains { $0.hasPrefix("prediction") })
  }

  /// Moduli of Fourier coefficients, and circular scattering averaged over the whole image, do not change under circular
  /// shifts; pixels do.
  @Test func averagedFeaturesDoNotChange() throws {
    let dataset = try SyntheticFamilies.named("gratings").makeDataset(count: 120, from: RandomStream(seed: 1))
    let parts = try FitImages(dataset, testFraction: 0.25, from: RandomStream(seed: 2))
    func errors(_ name: String) throws -> (Double, changed: Double) {
      var recipe = GLMRecipe(features: try FeatureRequest(parsing: name))
      (recipe.penalty, recipe.strength, recipe.standardizes) = (.ridge, .fixed(0.1), true)
      let target = try FitTarget(dataset, family: .multinomial)
      let fit = try ImageModelFit(recipe, parts, target, random: RandomStream(seed: 4))
      let subject = try EquivarianceReport(
        [EquivarianceSubject(fit.model, images: parts.images(parts.test))], motions: [.init(kind: .shift, amount: 3)],
        dataset: "gratings", isCircular: true
      ).subjects[0]
      return (try #require(subject.stages[0].errors[0]), subject.changes[0])
    }
    for name in ["scattering:J=4:boundary=circular", "log-fourier"] {
      let (error, changed) = try errors(name)
      #expect(error < 1e-5 && changed == 0, "\(name) \(error)")
    }
    #expect(try errors("pixels").0 > 0.05)
  }
}
