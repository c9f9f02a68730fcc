import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct BasisTests {
  static let sizes = [
    (1, 1), (1, 2), (2, 1), (2, 2), (1, 16), (16, 1), (3, 3), (5, 7), (6, 9), (8, 8), (12, 20), (16, 16), (17, 4),
    (24, 8), (64, 1), (1, 256),
  ]

  @Test(arguments: BasisCatalog.names, sizes)
  func everyBasisIsOrthonormalNamedAndInvertible(name: String, size: (Int, Int)) throws {
    if name == "haar" && ![size.0, size.1].allSatisfy({ $0 == 1 || $0.isMultiple(of: 2) }) { return }
    try check(name, height: size.0, width: size.1)
  }

  /// Holds a basis to the Gram matrix, to its dense definition in both precisions, and to its own truncations.
  private func check(_ name: String, height: Int, width: Int) throws {
    let seed: UInt64 = 11
    let basis = try BasisCatalog.basis(named: name, height: height, width: width, random: RandomStream(seed: seed))
    let count = height * width
    #expect(basis.name == name && basis.kind == .orthonormal)
    #expect(basis.atomCount == count && basis.height == height && basis.width == width)
    #expect(Set(basis.atomNames(count: count)).count == count)

    let atoms = basis.atoms(count: count)
    #expect(atoms.shape == [count, height, width])
    let matrix = atoms.reshaped([count, count])
    let gram = matrix.matrixProduct(matrix, transposingOther: true)
    var identity = Tensor<Double>.zeros([count, count])
    for index in 0..<count { identity[index, index] = 1 }
    #expect((gram - identity).maximumMagnitude < 1e-12, "\(name) \(height)×\(width)")

    #expect(basis.conditionNumber == 1)
    checkBands(basis)

    let part = max(1, count / 3)
    #expect(basis.atomNames(count: part) == Array(basis.atomNames(count: count).prefix(part)))
    #expect(relativeError(basis.atoms(count: part), atoms[rows: 0..<part]) < 1e-12)

    try checkAnalysis(basis, matrix, as: Double.self, seed: seed)
    try checkAnalysis(basis, matrix, as: Float.self, seed: seed)
  }

  /// Bands partition the atoms in order.
  private func checkBands(_ basis: any Basis) {
    let bands = basis.bands
    #expect(bands.flatMap(\.atoms).sorted() == Array(0..<basis.atomCount))
    #expect(bands.allSatisfy { $0.atoms == $0.atoms.sorted() })
    #expect(bands.map { $0.atoms[0] } == bands.map { $0.atoms[0] }.sorted())
    #expect(Set(bands.map(\.name)).count == bands.count)
  }

  private func checkAnalysis<S: SpectralScalar>(
    _ basis: any Basis, _ matrix: Tensor<Double>, as type: S.Type, seed: UInt64
  ) throws {
    let count = basis.atomCount
    let images: Tensor<S> = randomTensor([3, basis.height, basis.width], seed: seed)
    let expected = images.map { Double($0) }.reshaped([3, count]).matrixProduct(matrix, transposingOther: true)
    let tolerance = 16 * S.epsilon * S(count).squareRoot()
    let place: Comment = "\(basis.name) \(basis.height)×\(basis.width), \(S.name), seed \(seed)"

    let coefficients = basis.analyze(images)
    #expect(relativeError(coefficients, expected.map { S($0) }) < tolerance, place)
    #expect(relativeError(basis.synthesize(coefficients), images) < tolerance, place)
    #expect(abs(coefficients.norm / images.norm - 1) < tolerance, place)

    let part = max(1, count / 2)
    let truncated = basis.analyze(images, count: part)
    #expect(truncated.shape == [3, part])
    for row in 0..<3 {
      for column in 0..<part {
        #expect(abs(truncated[row, column] - coefficients[row, column]) < tolerance * images.norm, place)
      }
    }
    let projection = basis.approximate(images, count: part)
    #expect(abs(projection.norm - truncated.norm) < tolerance * images.norm, place)
  }

  @Test func analysisOfManyImagesDoesNotDependOnTheirNumber() {
    let basis = FourierBasis(height: 6, width: 5)
    let images: Tensor<Double> = randomTensor([600, 6, 5], seed: 3)
    let all = basis.analyze(images, count: 7)
    #expect(relativeError(all[rows: 590..<600], basis.analyze(images[rows: 590..<600], count: 7)) < 1e-14)
    #expect(basis.analyze(images, count: 7) == all)
    #expect(basis.analyze(images[rows: 0..<0], count: 7).shape == [0, 7])
  }

  @Test func operationsAreThoseOfTheDenseProduct() throws {
    #expect(FourierBasis(height: 16, width: 16).analysisOperations(count: 64) == 64 * 256)
    #expect(try HaarBasis(height: 4, width: 2).analysisOperations(count: 3) == 24)
    #expect(PixelBasis(height: 16, width: 16).analysisOperations(count: 256) == 0)
  }

  @Test func mistakesAreExplained() throws {
    let random = RandomStream(seed: 1)
    #expect(throws: Suggestion.unknown("furier", kind: "basis", accepted: BasisCatalog.names)) {
      try BasisCatalog.basis(named: "furier", height: 4, width: 4, random: random)
    }
    #expect(throws: InputError.self) {
      try BasisCatalog.basis(named: "fourier", height: 0, width: 4, random: random)
    }
    let odd = #expect(throws: InputError.self) {
      try BasisCatalog.basis(named: "haar", height: 15, width: 16, random: random)
    }
    #expect(odd?.description.contains("15×16") == true)
    let tooMany = #expect(throws: InputError.self) { try FourierBasis(height: 4, width: 4).validate(count: 17) }
    #expect(tooMany?.description.contains("1 to 16") == true)
    #expect(throws: InputError.self) { try FourierBasis(height: 4, width: 4).validate(count: 0) }
  }
}
