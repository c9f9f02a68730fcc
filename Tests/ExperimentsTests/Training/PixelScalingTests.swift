import Experiments
import Tensors
import Testing

@Suite struct PixelScalingTests {
  private let images = Tensor<Float>([2, 4, 4, 10], shape: [1, 1, 2, 2])

  @Test func pixelsReachFromMinusOneToOne() throws {
    let scaling = try #require(PixelScaling.signed.standardizer(for: images))
    #expect(scaling.apply(images).elements == [-1, -0.5, -0.5, 1])
  }

  @Test func pixelsGetMeanZeroAndDeviationOne() throws {
    let scaling = try #require(PixelScaling.normalised.standardizer(for: images))
    let elements = scaling.apply(images).elements
    #expect(abs(elements.reduce(0, +)) < 1e-6)
    #expect(abs(elements.reduce(0) { $0 + $1 * $1 } / 4 - 1) < 1e-6)
  }

  @Test func constantImagesAndNoScalingStayFinite() throws {
    let flat = Tensor<Float>(repeating: 3, shape: [1, 1, 2, 2])
    for scaling in [PixelScaling.signed, .normalised] {
      #expect(try #require(scaling.standardizer(for: flat)).apply(flat).elements == [0, 0, 0, 0])
    }
    #expect(PixelScaling.none.standardizer(for: images) == nil)
  }
}
