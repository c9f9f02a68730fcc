import Numerics
import Spectral
import Tensors
import Testing

/// What the identities do besides transforms and convolutions, on values worked out by hand.
@Suite struct IdentityOperationTests {
  private let x = Tensor<Double>([1, 2, 3, 4, 5, 6], shape: [2, 3])

  @Test func shiftsAndReversalsGoRound() {
    #expect(x.shifted(by: (0, 1)).elements == [3, 1, 2, 6, 4, 5])
    #expect(x.shifted(by: (3, 5)).elements == [5, 6, 4, 2, 3, 1])
    #expect(x.reversed.elements == [1, 3, 2, 4, 6, 5])
  }

  @Test func sizesChange() {
    #expect(x.resized(to: ImageSize(1, 4)) == Tensor([1, 2, 3, 0], shape: [1, 4]))
    #expect(x.cropped(at: (1, 1), to: ImageSize(1, 2)).elements == [5, 6])
    #expect(x.downsampled(by: (2, 2)) == Tensor([1, 3], shape: [1, 2]))
    #expect(
      x.upsampled(by: (1, 2)) == Tensor([1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0], shape: [2, 6]))
    #expect(
      x.tiled(by: (2, 1)) == Tensor([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6], shape: [4, 3]))
  }

  @Test func foldingAddsEqualPlacesOfEachPart() {
    let spectrum = Tensor<Complex<Double>>((1...8).map { Complex(Double($0), -1) }, shape: [2, 4])
    let folded = folded(spectrum, by: (2, 2))
    #expect(folded == Tensor([Complex(4, -1), Complex(5, -1)], shape: [1, 2]))
  }

  @Test func wavesHaveTheirFrequency() {
    let wave = Tensor<Double>.wave((1, 3), [2, 4])
    let expected: [Complex<Double>] = [1, Complex(0, -1), -1, Complex(0, 1), -1, Complex(0, 1), 1, Complex(0, -1)]
    #expect(zip(wave.elements, expected).allSatisfy { ($0 - $1).length < 1e-15 })
  }

  /// Columns are the results for images with one sample of 1.
  @Test func circulantMatrixGoesRound() {
    let matrix = circulantMatrix(Tensor<Double>([1, 10], shape: [1, 2]), on: ImageSize(1, 3))
    #expect(matrix == Tensor([1, 0, 10, 10, 1, 0, 0, 10, 1], shape: [3, 3]))
    let blocks = circulantMatrix(Tensor<Double>([1, 2, 3, 4], shape: [2, 2]), on: ImageSize(2, 2))
    #expect(blocks.elements == [1, 2, 3, 4, 2, 1, 4, 3, 3, 4, 1, 2, 4, 3, 2, 1])
  }

  @Test func toeplitzMatrixHasConstantDiagonals() {
    let matrix = toeplitzMatrix(Tensor<Double>([1, 10], shape: [1, 2]), on: ImageSize(1, 3))
    #expect(matrix == Tensor([1, 0, 0, 10, 1, 0, 0, 10, 1, 0, 0, 10], shape: [4, 3]))
    let column = toeplitzMatrix(Tensor<Double>([1, 10], shape: [2, 1]), on: ImageSize(2, 1))
    #expect(column == Tensor([1, 0, 10, 1, 0, 10], shape: [3, 2]))
  }

  /// The second differences of the columns' squares, 2 inside, and at the borders what zeros outside make of them.
  @Test(arguments: [MinimalFiltering.twoByTwo, .fourByFour])
  func minimalFilteringIsCorrelation(filtering: MinimalFiltering) {
    let image = Tensor<Double>((0..<15).map { Double($0 % 5 * ($0 % 5)) }, shape: [3, 5])
    let kernel = Tensor<Double>([0, 0, 0, 1, -2, 1, 0, 0, 0], shape: [3, 3])
    let result = filtering.correlate(image, kernel)
    let expected = Tensor<Double>([1, 2, 2, 2, -23, 1, 2, 2, 2, -23, 1, 2, 2, 2, -23], shape: [3, 5])
    #expect((result - expected).maximumMagnitude < 1e-13)
    let corner = Tensor<Double>([1, 0, 0, 0, 0, 0, 0, 0, 10], shape: [3, 3])
    let moved = filtering.correlate(Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3]), corner)
    #expect((moved - Tensor([50, 60, 0, 0, 1, 2], shape: [2, 3])).maximumMagnitude < 1e-13)
  }

  /// Two dice, and a die that always shows its row.
  @Test func sumsOfRandomPlacesCountPairs() {
    let die = RandomPlace((0..<6).map { (row: 0, column: $0) }, within: ImageSize(1, 6))
    let two: Tensor<Double> = (die + die).distribution()
    #expect(two.shape == [1, 11])
    #expect(two.elements == [1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1].map { $0 / 36 })
    let sure = RandomPlace([(row: 1, column: 0), (row: 1, column: 0)], within: ImageSize(2, 1))
    let moved: Tensor<Double> = (die + sure).distribution()
    #expect(moved == Tensor([Double](repeating: 0, count: 6) + [Double](repeating: 1.0 / 6, count: 6), shape: [2, 6]))
  }
}
