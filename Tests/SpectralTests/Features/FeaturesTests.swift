import Formats
import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct FeaturesTests {
  @Test func coefficientFeaturesAreTheFirstCoefficients() throws {
    let basis = PolynomialBasis(height: 5, width: 4)
    let map = try CoefficientFeatures(basis: basis, count: 6)
    let images: Tensor<Float> = randomTensor([7, 5, 4], seed: 21)
    let rows = try map.designMatrix(images)
    #expect(rows == basis.analyze(images.map { Double($0) }, count: 6))
    #expect(map.name == "polynomial:6" && map.dimension == 6 && map.operations == 6 * 20)
    #expect(try CoefficientFeatures(basis: basis).name == "polynomial")
    #expect(try CoefficientFeatures(basis: basis).dimension == 20)
    #expect(throws: InputError.self) { try CoefficientFeatures(basis: basis, count: 21) }
  }

  @Test func logFourierIsNumPys() throws {
    let archive = try FeatureFixtures.archive("spectra", in: "Bases")
    let sizes = try archive["sizes"].integers()
    for (height, width) in stride(from: 0, to: sizes.count, by: 2).map({ (sizes[$0], sizes[$0 + 1]) }) {
      let image: Tensor<Double> = try archive["image_\(height)x\(width)"].tensor()
      let expected: Tensor<Double> = try archive["log_modulus_\(height)x\(width)"].tensor()
      let map = LogFourierFeatures(height: height, width: width)
      let row = try map.designMatrix(image.reshaped([1, height, width]))
      #expect(row.shape == [1, map.dimension])
      #expect(relativeError(row.reshaped(expected.shape), expected) < 1e-14, "\(height)×\(width)")
    }
  }

  @Test func logFourierSeesNoCircularShift() throws {
    let map = LogFourierFeatures(height: 6, width: 5)
    let images: Tensor<Float> = randomTensor([150, 6, 5], seed: 22)
    var shifted = images
    for image in 0..<150 {
      for y in 0..<6 {
        for x in 0..<5 { shifted[image, (y + 2) % 6, (x + 4) % 5] = images[image, y, x] }
      }
    }
    #expect(try relativeError(map.designMatrix(shifted), map.designMatrix(images)) < 1e-14)
    #expect(try map.designMatrix(images)[rows: 130..<150] == map.designMatrix(images[rows: 130..<150]))
  }

  @Test func logFourierCountsItsOperations() {
    let map = LogFourierFeatures(height: 16, width: 16)
    #expect(map.dimension == 144)
    #expect(map.operations == 2848)
    #expect(LogFourierFeatures(height: 1, width: 1).operations == 2)
  }
}
