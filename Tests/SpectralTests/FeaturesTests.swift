import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct FeaturesTests {
  @Test func coefficientFeaturesAreTheFirstCoefficients() throws {
    let basis = PolynomialBasis(height: 5, width: 4)
    let map = try CoefficientFeatures(basis: basis, count: 6)
    let images: Tensor<Float> = randomTensor([7, 5, 4], seed: 21)
    let rows = map.designMatrix(images)
    #expect(rows == basis.analyze(images.map { Double($0) }, count: 6))
    #expect(map.name == "polynomial:6" && map.dimension == 6 && map.operations == 6 * 20)
    #expect(try CoefficientFeatures(basis: basis).name == "polynomial")
    #expect(try CoefficientFeatures(basis: basis).dimension == 20)
    #expect(throws: InputError.self) { try CoefficientFeatures(basis: basis, count: 21) }
  }
}
