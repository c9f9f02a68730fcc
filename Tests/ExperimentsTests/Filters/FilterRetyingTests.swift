import Datasets
import Experiments
import NeuralNetworks
import Spectral
import TestSupport
import Tensors
import Testing

@Suite struct FilterRetyingTests {
  private let network: Network

  init() throws { network = try Architecture.small.network(inputShape: [1, 16, 16], classCount: 4) }

  private func retying(epochs: Int = 1) throws -> FilterRetying {
    let dataset = try SyntheticFamilies.named("ramps").makeDataset(count: 200, from: RandomStream(seed: 2))
    let collection = ImageCollection(dataset)
    let trained = TrainedNetwork(
      network, weights: Weights(initializing: network, from: RandomStream(seed: 3)), standardizer: nil)
    var configuration = TrainingConfiguration()
    configuration.epochs = epochs
    return try FilterRetying(
      trained, layer: network.filterLayers[0], collection: collection, configuration: configuration)
  }

  /// All atoms of a basis span all filters, so nothing changes but rounding.
  @Test(arguments: ["fourier", "dct", "polynomial", "pixels", "random"])
  func allAtomsChangeNothing(basis: String) throws {
    let retying = try retying()
    #expect(retying.partName == "validation")
    let before = try retying.untied(retrains: false)
    #expect(before.error == 0 && before.atOnce.gained == 0 && before.atOnce.lost == 0 && before.retrained == nil)
    let row = try retying.tied(to: basis, atoms: 9, retrains: false)
    #expect(row.error < 1e-12 && row.atOnce.accuracy == before.atOnce.accuracy)
    #expect(row.atOnce.gained == 0 && row.atOnce.lost == 0 && row.atOnce.pValue == 1)
  }

  /// The error of M atoms is what the coefficients left out have; the M largest pixels are the best M pixels.
  @Test func theErrorIsWhatIsLeftOut() throws {
    let retying = try retying()
    let weights = Weights<Float>(initializing: network, from: RandomStream(seed: 3))
    let kernels = try #require(weights["0.weight"])
    var (left, all) = (0.0, 0.0)
    for filter in 0..<8 {
      let squares = kernels[rows: filter..<filter + 1].elements.map { Double($0) * Double($0) }.sorted()
      left += squares.prefix(6).reduce(0, +)
      all += squares.reduce(0, +)
    }
    let row = try retying.tied(to: "pixels", atoms: 3, retrains: false)
    #expect(abs(row.error - (left / all).squareRoot()) < 1e-9)
    #expect(try retying.tied(to: "pixels", atoms: 4, retrains: false).error < row.error)
  }

  /// Further training begins at the same weights with the same seed, so that equal filters come to equal networks.
  @Test func furtherTrainingIsTheSameForEqualFilters() throws {
    let retying = try retying(epochs: 3)
    let (first, second) = (try retying.untied(retrains: true), try retying.untied(retrains: true))
    let (one, two) = (try #require(first.retrained), try #require(second.retrained))
    #expect(one.accuracy == two.accuracy && one.gained == two.gained && one.lost == two.lost)
    #expect(try #require(one.accuracy?.mean) > #require(first.atOnce.accuracy?.mean))
    let tied = try retying.tied(to: "fourier", atoms: 2, retrains: true)
    #expect(tied.retrained != nil && tied.error > 0.1)
  }

  @Test(arguments: [("haar", 1), ("fourier", 10), ("fourier", 0), ("gabor", 2)])
  func whatCannotBeTiedIsRefused(basis: String, atoms: Int) throws {
    let retying = try retying()
    #expect(throws: InputError.self) { try retying.tied(to: basis, atoms: atoms, retrains: false) }
  }

  /// The best approximation of (3, −1, 2, 1) by pixels keeps the largest magnitudes, the first of equal ones.
  @Test func theLargestCoefficientsAreKept() {
    let basis = PixelBasis(height: 2, width: 2)
    let image = Tensor([3.0, -1, 2, 1], shape: [1, 2, 2])
    #expect(basis.bestApproximation(image, count: 2).elements == [3, 0, 2, 0])
    #expect(basis.bestApproximation(image, count: 3).elements == [3, -1, 2, 0])
    #expect(basis.bestApproximation(image, count: 0).elements == [0, 0, 0, 0])
  }
}
