import Formats
import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct FilterBankTests {
  private static let poolings: [String: FilterPooling] = [
    "max_4_4": FilterPooling(.max, window: 4), "max_3_2": FilterPooling(.max, window: 3, stride: 2),
    "average_2_2": FilterPooling(.average, window: 2), "average_5_3": FilterPooling(.average, window: 5, stride: 3),
    "max_global": .global(.max), "average_global": .global(.average),
  ]

  @Test(arguments: ["5x5", "3x4", "1x1"])
  func aLayerIsPyTorchs(size: String) throws {
    let archive = try FeatureFixtures.archive("filters")
    let images: Tensor<Double> = try archive["images"].tensor()
    for activation in FilterActivation.allCases {
      for (name, pooling) in Self.poolings {
        let map = try FilterBankFeatures(
          name: "bank", height: 11, width: 14, filters: archive["filters_\(size)"].tensor(), activation: activation,
          pooling: pooling)
        let expected: Tensor<Double> = try archive["\(activation.rawValue)_\(name)_\(size)"].tensor()
        #expect(map.featureNames.count == map.dimension)
        #expect(relativeError(try map.designMatrix(images), expected) < 1e-14, "\(name) \(size)")
        let single = try map.designMatrix(images.map { Float($0) })
        #expect(relativeError(single, expected) < 1e-6, "\(name) \(size)")
      }
    }
  }

  @Test func filtersAreTheAtomsOfABasis() throws {
    let text = "filters:fourier:3x5:M=4:activation=modulus:boundary=reflect:pool=average:window=global"
    let random = RandomStream(seed: 1)
    let map = try FeatureCatalog.features(named: text, height: 9, width: 8, random: random)
    let basis = FourierBasis(height: 3, width: 5)
    #expect(map.name == text && map.featureNames == basis.atomNames(count: 4) && map.dimension == 4)
    let images: Tensor<Double> = randomTensor([130, 9, 8], seed: 61)
    let maps = try crossCorrelate(
      images.reshaped([130, 1, 9, 8]), bank: basis.atoms(count: 4).reshaped([4, 1, 3, 5]), mode: .same,
      boundary: .reflect)
    let found = try map.designMatrix(images)
    for image in [0, 63, 64, 129] {
      for filter in 0..<4 {
        let values = maps[rows: image..<image + 1].elements[filter * 72..<(filter + 1) * 72]
        #expect(abs(found[image, filter] - values.map(abs).reduce(0, +) / 72) < 1e-14)
      }
    }
    #expect(try map.designMatrix(Tensor<Double>.zeros([0, 9, 8])).shape == [0, 4])
    #expect(try FeatureCatalog.features(named: "filters", height: 16, width: 16, random: random).dimension == 25 * 16)
    let drawn = try FeatureCatalog.features(named: "filters:random", height: 9, width: 8, random: random)
    let again = try FeatureCatalog.features(named: "filters:random", height: 9, width: 8, random: random)
    #expect(try drawn.designMatrix(images) == again.designMatrix(images))
  }

  @Test func principalFiltersAreFittedToPieces() throws {
    var ramps = Tensor<Double>.zeros([50, 8, 8])
    for (image, place) in (0..<50).flatMap({ image in (0..<64).map { (image, $0) } }) {
      ramps[image, place / 8, place % 8] = Double(image * (place % 8) + place / 8)
    }
    func map(_ training: Tensor<Double>?) throws -> any FeatureMap {
      try FeatureCatalog.features(
        named: "filters:pca:3x3:M=1:window=global", height: 8, width: 8, random: RandomStream(seed: 2),
        training: training)
    }
    let fitted = try #require(map(ramps) as? FilterBankFeatures)
    let filter = fitted.filters.elements
    #expect(fitted.name == "filters:pca:3x3:M=1:window=global")
    #expect(filter.indices.allSatisfy { abs(abs(filter[$0]) - 1 / 3) < 0.06 }, "\(filter)")
    #expect(throws: InputError.self) { try map(nil) }
  }

  @Test(arguments: [
    ("filters:fourier:17x3", "are larger than the images"), ("filters:fourir", "did you mean 'fourier'?"),
    ("filters:fourier:M=26", "has 25"), ("filters:fourier:M=0", "has 25"),
    ("filters:fourier:window=17", "Take a window of at most 16"), ("filters:fourier:window=0", "expected at least 1"),
    ("filters:fourier:size=3by3", "expected a size such as 5x5"), ("filters:pool=mean", "unknown pool"),
    ("filters:fourier:5:activation=rulu", "did you mean 'relu'?"),
  ])
  func mistakesAreNamed(text: String, message: String) {
    let error = #expect(throws: InputError.self) {
      try FeatureCatalog.features(named: text, height: 16, width: 16, random: RandomStream(seed: 1))
    }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test func aFilterMustBeFinite() {
    let error = #expect(throws: InputError.self) {
      try FilterBankFeatures(
        name: "bank", height: 4, width: 4, filters: Tensor([1, 2, 3, .nan], shape: [2, 1, 2]), pooling: .global(.max))
    }
    #expect(error?.description.contains("filter 1 has a weight that is not a finite number") == true)
  }
}
