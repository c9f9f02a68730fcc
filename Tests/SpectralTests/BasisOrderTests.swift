import Foundation
import Formats
import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct BasisOrderTests {
  @Test func fourierIsOrderedByFrequency() {
    #expect(
      FourierBasis(height: 4, width: 4).atomNames(count: 16) == [
        "cos(0,0)", "cos(0,1)", "sin(0,1)", "cos(1,0)", "sin(1,0)", "cos(1,1)", "sin(1,1)", "cos(-1,1)", "sin(-1,1)",
        "cos(0,2)", "cos(2,0)", "cos(1,2)", "sin(1,2)", "cos(2,1)", "sin(2,1)", "cos(2,2)",
      ])
    #expect(
      FourierBasis(height: 3, width: 5).atomNames(count: 15) == [
        "cos(0,0)", "cos(0,1)", "sin(0,1)", "cos(1,0)", "sin(1,0)", "cos(1,1)", "sin(1,1)", "cos(-1,1)", "sin(-1,1)",
        "cos(0,2)", "sin(0,2)", "cos(1,2)", "sin(1,2)", "cos(-1,2)", "sin(-1,2)",
      ])
    #expect(FourierBasis(height: 2, width: 16).atomNames(count: 3) == ["cos(0,0)", "cos(0,1)", "sin(0,1)"])
  }

  @Test func bandsAreOctavesAndDirections() throws {
    let basis = FourierBasis(height: 4, width: 4)
    let names = basis.atomNames(count: 16)
    let bands = Dictionary(uniqueKeysWithValues: basis.bands.map { ($0.name, $0.atoms.map { names[$0] }) })
    #expect(bands["mean"] == ["cos(0,0)"])
    #expect(bands["level 2 vertical"] == ["cos(0,1)", "sin(0,1)"])
    #expect(bands["level 1 vertical"] == ["cos(0,2)"])
    #expect(bands["level 1 rising"]?.prefix(2) == ["cos(1,1)", "sin(1,1)"])
    #expect(bands["level 1 falling"] == ["cos(-1,1)", "sin(-1,1)"])
    #expect(bands.count == 7)
    #expect(
      try HaarBasis(height: 4, width: 4).bands.map(\.name) == [
        "approximation", "level 2 horizontal", "level 2 vertical", "level 2 diagonal", "level 1 horizontal",
        "level 1 vertical", "level 1 diagonal",
      ])
    #expect(PolynomialBasis(height: 4, width: 4).bands[2] == AtomBand(name: "degree 2", atoms: [3, 4, 5]))
  }

  @Test func fourierCoefficientsAreNumPysSpectrum() throws {
    let archive = try NPZ.read(Places.fixture("Bases/spectra.npz"))
    for (height, width) in try sizes(archive) {
      let basis = FourierBasis(height: height, width: width)
      let image: Tensor<Double> = try archive["image_\(height)x\(width)"].tensor()
      let real: Tensor<Double> = try archive["real_\(height)x\(width)"].tensor()
      let imaginary: Tensor<Double> = try archive["imaginary_\(height)x\(width)"].tensor()
      let coefficients = basis.analyze(image.reshaped([1, height, width]))
      for (index, name) in basis.atomNames(count: height * width).enumerated() {
        let k = name.dropFirst(4).dropLast().split(separator: ",").map { Int($0)! }
        let (row, column) = ((k[0] + height) % height, k[1])
        let isAlone = (2 * row) % height == 0 && (2 * column) % width == 0
        let scale = ((isAlone ? 1 : 2) / Double(height * width)).squareRoot()
        let expected = scale * (name.hasPrefix("cos") ? real[row, column] : -imaginary[row, column])
        #expect(abs(coefficients[0, index] - expected) < 1e-13 * image.norm, "\(name) of \(height)×\(width)")
      }
    }
  }

  @Test func haarCoefficientsArePyWavelets() throws {
    let archive = try NPZ.read(Places.fixture("Bases/haar.npz"))
    for (height, width) in try sizes(archive) {
      let image: Tensor<Double> = try archive["image_\(height)x\(width)"].tensor()
      let expected: Tensor<Double> = try archive["coefficients_\(height)x\(width)"].tensor()
      let coefficients = try HaarBasis(height: height, width: width).analyze(image.reshaped([1, height, width]))
      #expect(relativeError(coefficients.reshaped([-1]), expected) < 1e-14, "\(height)×\(width)")
    }
  }

  @Test func haarIsOrderedByScale() throws {
    #expect(
      try HaarBasis(height: 4, width: 4).atomNames(count: 9) == [
        "haar approximation (0,0)", "haar level 2 horizontal (0,0)", "haar level 2 vertical (0,0)",
        "haar level 2 diagonal (0,0)", "haar level 1 horizontal (0,0)", "haar level 1 horizontal (0,1)",
        "haar level 1 horizontal (1,0)", "haar level 1 horizontal (1,1)", "haar level 1 vertical (0,0)",
      ])
    #expect(
      try HaarBasis(height: 1, width: 4).atomNames(count: 4) == [
        "haar approximation (0,0)", "haar level 2 vertical (0,0)", "haar level 1 vertical (0,0)",
        "haar level 1 vertical (0,1)",
      ])
    #expect(try HaarBasis(height: 6, width: 2).atomNames(count: 4).last == "haar level 1 horizontal (0,0)")
    let atoms = try HaarBasis(height: 2, width: 2).atoms(count: 4)
    #expect(atoms.elements == [1, 1, 1, 1, 1, 1, -1, -1, 1, -1, 1, -1, 1, -1, -1, 1].map { $0 / 2 })
  }

  @Test func polynomialsAreOrderedByTotalDegree() {
    #expect(
      PolynomialBasis(height: 2, width: 3).atomNames(count: 6) == [
        "P0(x)P0(y)", "P1(x)P0(y)", "P0(x)P1(y)", "P2(x)P0(y)", "P1(x)P1(y)", "P2(x)P1(y)",
      ])
  }

  @Test func polynomialsAreTheGramPolynomials() {
    let atoms = PolynomialBasis(height: 1, width: 5).atoms(count: 5).reshaped([5, 5])
    let byHand: [[Double]] = [
      [1, 1, 1, 1, 1], [-2, -1, 0, 1, 2], [2, -1, -2, -1, 2], [-1, 2, 0, -2, 1], [1, -4, 6, -4, 1],
    ]
    for (degree, values) in byHand.enumerated() {
      let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for (index, value) in values.enumerated() { #expect(abs(atoms[degree, index] - value / norm) < 1e-15) }
    }
  }

  @Test func polynomialOfTheHighestDegreeIsTheAlternatingBinomial() {
    let count = 256
    let highest = PolynomialBasis(height: 1, width: count).atoms(count: count)[rows: count - 1..<count].elements
    var binomial = [1.0]
    for k in 1..<count { binomial.append(-binomial[k - 1] * Double(count - k) / Double(k)) }
    let sign: Double = count.isMultiple(of: 2) ? -1 : 1
    let expected = Tensor(binomial.map { $0 * sign })
    #expect(relativeError(Tensor(highest), (1 / expected.norm) * expected) < 1e-12)
  }

  @Test func randomAtomsFollowTheStream() {
    let make = { RandomBasis(height: 4, width: 5, random: RandomStream(seed: $0)) }
    #expect(make(1).atoms(count: 20) == make(1).atoms(count: 20))
    #expect(relativeError(make(1).atoms(count: 20), make(2).atoms(count: 20)) > 0.5)
  }

  private func sizes(_ archive: NPZArchive) throws -> [(Int, Int)] {
    let sizes: [Int] = try archive["sizes"].integers()
    return stride(from: 0, to: sizes.count, by: 2).map { (sizes[$0], sizes[$0 + 1]) }
  }
}
