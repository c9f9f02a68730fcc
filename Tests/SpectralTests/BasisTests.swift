import Parallel
import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct BasisTests {
  static let sizes = [
    (1, 1), (1, 2), (2, 1), (2, 2), (1, 16), (16, 1), (3, 3), (5, 7), (6, 9), (8, 8), (12, 20), (16, 16), (17, 4),
    (24, 8), (64, 1), (1, 256), (80, 2),
  ]

  @Test(arguments: BasisCatalog.names, sizes)
  func everyBasisKeepsTheLawsOfItsKind(name: String, size: (Int, Int)) throws {
    let (height, width) = size
    guard Self.exists(name, height, width) else {
      #expect(throws: InputError.self) { try make(name, height, width) }
      return
    }
    let basis = try make(name, height, width)
    #expect(basis.name == name && basis.height == height && basis.width == width)
    BasisChecks(basis: basis, seed: 11).check()
  }

  private func make(_ name: String, _ height: Int, _ width: Int) throws -> any Basis {
    try BasisCatalog.basis(
      named: name, height: height, width: width, random: RandomStream(seed: 11),
      training: randomTensor([50, height, width], seed: 12))
  }

  private static func exists(_ name: String, _ height: Int, _ width: Int) -> Bool {
    switch name {
    case "haar", "haar-tensor", "haar-packet", "db2", "db3", "db4":
      [height, width].allSatisfy { $0 == 1 || $0.isMultiple(of: 2) }
    case "walsh": [height, width].allSatisfy { [1, 2, 4, 8, 16, 32, 64, 128, 256].contains($0) }
    default: true
    }
  }

  @Test(arguments: ["fourier", "dct", "haar", "db3", "polynomial", "random"])
  func analysisOfAnImageDoesNotDependOnTheOthers(name: String) throws {
    let basis = try make(name, 6, 8)
    let images: Tensor<Float> = randomTensor([601, 6, 8], seed: 3)
    for count in [7, 48] {
      let all = basis.analyze(images, count: count)
      #expect(relativeError(all[rows: 590..<601], basis.analyze(images[rows: 590..<601], count: count)) < 1e-6)
      #expect(
        ThreadPool.$substitute.withValue(ThreadPool(threadCount: 3)) { basis.analyze(images, count: count) } == all)
      #expect(basis.analyze(images[rows: 0..<0], count: count).shape == [0, count])
      #expect(relativeError(basis.synthesize(all)[rows: 600..<601], basis.synthesize(all[rows: 600..<601])) < 1e-6)
    }
    #expect(basis.analyze(images, count: 0).shape == [601, 0])
  }

  @Test func largeImagesAreTransformedOneByOne() throws {
    for name in ["haar", "db2", "walsh", "haar-packet", "haar-tensor", "dct"] {
      let basis = try make(name, 128, 128)
      let image: Tensor<Float> = randomTensor([1, 128, 128], seed: 5)
      let coefficients = basis.analyze(image)
      #expect(relativeError(basis.synthesize(coefficients), image) < 1e-5, "\(name)")
      let first = basis.atoms(count: 9).reshaped([9, 128 * 128]).map { Float($0) }
      let expected = image.reshaped([1, 128 * 128]).matrixProduct(first, transposingOther: true)
      for index in 0..<9 { #expect(abs(coefficients[0, index] - expected[0, index]) < 1e-4, "\(name)") }
    }
  }

  @Test func operationsAreThoseOfTheAlgorithm() throws {
    let fourier = FourierBasis(height: 16, width: 16)
    #expect(fourier.analysisOperations(count: 256) == 5028)
    #expect(FourierBasis(height: 128, width: 1).analysisOperations(count: 128) == 1248)
    #expect(fourier.analysisOperations(count: 5) == 1280)
    #expect(DCTBasis(height: 16, width: 16).analysisOperations(count: 256) == 5120)
    #expect(try HaarBasis(height: 4, width: 4).analysisOperations(count: 16) == 80)
    #expect(try WalshBasis(height: 16, width: 8).analysisOperations(count: 128) == 1792)
    #expect(PixelBasis(height: 16, width: 16).analysisOperations(count: 256) == 0)
    #expect(RandomBasis(height: 4, width: 4, random: RandomStream(seed: 1)).analysisOperations(count: 3) == 48)
    #expect(ZernikeBasis(height: 4, width: 4).analysisOperations(count: 3) == 54)
  }

  @Test func conditionNumbersTellTheFamiliesApart() throws {
    let conditions = ClassicalPolynomialBasis.Family.allCases.map {
      ClassicalPolynomialBasis($0, height: 16, width: 16).conditionNumber(count: 36)
    }
    #expect(conditions[0] > 10 * conditions[2])
    #expect(conditions[2] > conditions[1] && conditions[1] > 1)
    #expect(ClassicalPolynomialBasis(.monomial, height: 1, width: 48).conditionNumber == .infinity)
  }

  @Test func gaborBoundsHoldForImages() {
    let frame = GaborFrame(height: 9, width: 12)
    let (lower, upper) = frame.bounds
    #expect(abs((upper / lower).squareRoot() / frame.conditionNumber - 1) < 1e-9)
    #expect(frame.conditionNumber < 8)
    let images: Tensor<Double> = randomTensor([40, 9, 12], seed: 6)
    let atoms = frame.atoms(count: frame.atomCount).reshaped([frame.atomCount, 108])
    for image in 0..<40 {
      let row = images[rows: image..<image + 1].reshaped([1, 108])
      let energy = row.matrixProduct(atoms, transposingOther: true).norm
      #expect(energy >= lower.squareRoot() * row.norm)
      #expect(energy <= upper.squareRoot() * row.norm)
    }
  }

  @Test func mistakesAreExplained() throws {
    #expect(throws: Suggestion.unknown("furier", kind: "basis", accepted: BasisCatalog.names)) {
      try make("furier", 4, 4)
    }
    for (name, height, width, part) in [
      ("fourier", 0, 4, "0×4"), ("haar", 15, 16, "14×16 or 16×16"), ("db4", 16, 9, "16×8 or 16×10"),
      ("haar-tensor", 3, 1, "2×1 or 4×1"), ("walsh", 12, 20, "16×16"), ("walsh", 100, 3, "128×4"),
    ] {
      let error = #expect(throws: InputError.self) { try make(name, height, width) }
      #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
    }
    let basis = FourierBasis(height: 4, width: 4)
    let tooMany = #expect(throws: InputError.self) { try basis.validate(count: 17) }
    #expect(tooMany?.description.contains("1 to 16") == true)
    #expect(throws: InputError.self) { try basis.validate(count: 0) }
    #expect(throws: InputError.self) { try HaarPacketBasis(height: 4, width: 4, depth: 3) }
  }

  @Test func fittedBasesSayWhatTheyMiss() throws {
    #expect(BasisCatalog.names.filter(BasisCatalog.needsTraining) == ["pca", "zca"])
    let stream = RandomStream(seed: 1)
    var images: Tensor<Double> = randomTensor([5, 4, 4], seed: 7)
    let problems: [(Tensor<Double>?, String)] = [
      (nil, "training images"), (images.reshaped([5, 2, 8]), "[5, 2, 8]"), (images[rows: 0..<1], "at least 2"),
      (.zeros([2, 65, 65]), "4096"),
    ]
    for (training, part) in problems {
      for name in ["pca", "zca"] {
        let side = part == "4096" ? 65 : 4
        let error = #expect(throws: InputError.self) {
          try BasisCatalog.basis(named: name, height: side, width: side, random: stream, training: training)
        }
        #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
      }
    }
    #expect(throws: InputError.self) { try ZCABasis(training: .zeros([3, 4, 4])) }
    images[2, 1, 1] = .nan
    #expect(throws: InputError.self) { try PCABasis(training: images) }
  }
}
