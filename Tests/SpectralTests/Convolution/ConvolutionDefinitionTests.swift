import Spectral
import Tensors
import Testing

/// The oracle of every method, on values worked out by hand and by its own laws.
@Suite struct ConvolutionDefinitionTests {
  @Test func definitionOnHandValues() throws {
    let shape = try bank(1, 2, (2, 3), (1, 2), padding: Padding(top: 0, bottom: 0, left: 1, right: 0))
    let x = Tensor<Double>([1, 2, 3, 4, 5, 6], shape: [1, 1, 2, 3])
    let k = Tensor<Double>([1, 10, 0, -1], shape: [2, 1, 1, 2])
    let zero = ConvolutionDefinition.forward(x, k, shape)
    #expect(zero.shape == [1, 2, 2, 3])
    #expect(zero.elements == [10, 21, 32, 40, 54, 65, -1, -2, -3, -4, -5, -6])
    let circular = ConvolutionDefinition.forward(x, k, shape, boundary: .circular)
    #expect(circular.elements == [13, 21, 32, 46, 54, 65, -1, -2, -3, -4, -5, -6])
    let strided = try bank(
      1, 1, (2, 3), (1, 2), strides: (1, 2), padding: Padding(top: 0, bottom: 0, left: 1, right: 0))
    #expect(
      ConvolutionDefinition.forward(x, Tensor([1, 10], shape: [1, 1, 1, 2]), strided).elements == [10, 32, 40, 65])
  }

  /// Convolution is linear in image and kernel, so that ⟨y(x, k), g⟩ equals ⟨x, ∂x(g, k)⟩ and ⟨k, ∂k(x, g)⟩.
  @Test func gradientsOfTheDefinitionAreAdjoint() {
    for instance in ConvolutionCase.named + ConvolutionCase.random {
      let product = instance.result.dot(instance.resultGradient)
      let norms = instance.images.norm * instance.resultGradient.norm * instance.bank.map { abs($0) }.sum
      #expect(abs(instance.imageGradient.dot(instance.images) - product) <= 1e-13 * norms, "\(instance)")
      #expect(abs(instance.bankGradient.dot(instance.bank) - product) <= 1e-13 * norms, "\(instance)")
    }
  }

  @Test func impossibleSizesAreErrors() throws {
    let large = #expect(throws: InputError.self) { try bank(1, 1, (4, 4), (7, 3), padding: Padding(1)) }
    #expect(large?.description.contains("at most 6×6") == true && large?.description.contains("7×3") == true)
    let none = #expect(throws: InputError.self) { try bank(0, 1, (4, 4), (3, 3)) }
    #expect(none?.description.contains("input channels") == true)
    #expect(throws: InputError.self) { try bank(1, 1, (4, 4), (3, 3), strides: (0, 1)) }
    #expect(throws: InputError.self) { try bank(1, 1, (4, 4), (3, 3), padding: Padding(-1)) }
  }
}
