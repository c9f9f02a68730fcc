import Spectral
import Tensors
import TestSupport
import Testing

/// The laws that every basis is held to, whatever its kind.
struct BasisChecks {
  let basis: any Basis
  let seed: UInt64

  private var count: Int { basis.atomCount }
  private var place: Comment { "\(basis.name) \(basis.height)×\(basis.width), seed \(seed)" }

  func check() {
    checkShape()
    checkBands()
    checkPrefix()
    switch basis.kind {
    case .orthonormal:
      checkOrthonormality()
      checkInnerProducts(as: Double.self)
      checkInnerProducts(as: Float.self)
    case .basis, .frame:
      for part in Set([count, max(1, count / 2), min(count, 6)]) {
        checkLeastSquares(count: part, as: Double.self)
        checkLeastSquares(count: part, as: Float.self)
      }
    }
  }

  private func checkShape() {
    #expect(basis.atomNames(count: count).count == count && Set(basis.atomNames(count: count)).count == count, place)
    let atoms = basis.atoms(count: count)
    #expect(atoms.shape == [count, basis.height, basis.width], place)
    guard basis.name != "zca" else { return }
    for atom in 0..<count { #expect(abs(atoms[rows: atom..<atom + 1].norm - 1) < 1e-12, place) }
  }

  /// Bands partition the atoms in order.
  private func checkBands() {
    let bands = basis.bands
    #expect(bands.flatMap(\.atoms).sorted() == Array(0..<count), place)
    #expect(bands.allSatisfy { $0.atoms == $0.atoms.sorted() }, place)
    #expect(bands.map { $0.atoms[0] } == bands.map { $0.atoms[0] }.sorted(), place)
    #expect(Set(bands.map(\.name)).count == bands.count, place)
  }

  /// A basis begins the same however many atoms are asked for.
  private func checkPrefix() {
    let part = max(1, count / 3)
    #expect(basis.atomNames(count: part) == Array(basis.atomNames(count: count).prefix(part)), place)
    #expect(relativeError(basis.atoms(count: part), basis.atoms(count: count)[rows: 0..<part]) < 1e-12, place)
  }

  private func checkOrthonormality() {
    #expect(count == basis.pixelCount && basis.conditionNumber == 1, place)
    let matrix = basis.atoms(count: count).reshaped([count, count])
    var gram = matrix.matrixProduct(matrix, transposingOther: true)
    for index in 0..<count { gram[index, index] -= 1 }
    #expect(gram.maximumMagnitude < 1e-12, place)
  }

  /// Coefficients are inner products with the atoms, by whatever algorithm; energy and images are kept.
  private func checkInnerProducts<S: SpectralScalar>(as type: S.Type) {
    let images: Tensor<S> = randomTensor([19, basis.height, basis.width], seed: seed)
    let matrix = basis.atoms(count: count).reshaped([count, count])
    let exact = images.map { Double($0) }.reshaped([19, count])
    let expected = exact.matrixProduct(matrix, transposingOther: true).map { S($0) }
    let tolerance = 16 * S.epsilon * S(count).squareRoot()
    let coefficients = basis.analyze(images)
    #expect(relativeError(coefficients, expected) < tolerance, place)
    #expect(relativeError(basis.synthesize(coefficients), images) < tolerance, place)
    #expect(abs(coefficients.norm / images.norm - 1) < tolerance, place)

    for part in Set([1, max(1, count / 2), max(1, count - 1)]) {
      let columns = Tensor<S>(shape: [19, part]) { target in
        for index in target.indices { target[index] = expected[index / part, index % part] }
      }
      #expect((basis.analyze(images, count: part) - columns).norm < tolerance * images.norm, place)
      let sums = columns.map { Double($0) }
        .matrixProduct(basis.atoms(count: part).reshaped([part, count])).map { S($0) }
      #expect(relativeError(basis.synthesize(columns).reshaped([19, count]), sums) < tolerance, place)
    }
  }

  /// What is left over is orthogonal to the atoms; coefficients are reproduced but for what synthesizes nothing, to which
  /// those of images are orthogonal, so that they are the smallest.
  private func checkLeastSquares<S: SpectralScalar>(count: Int, as type: S.Type) {
    let condition = basis.conditionNumber(count: count)
    let growth = basis.kind == .frame ? min(condition, 1e8) : condition
    let tolerance = 64 * Double(S.epsilon) * Double(count).squareRoot() * growth
    guard tolerance < 0.05 else { return }
    let images: Tensor<S> = randomTensor([3, basis.height, basis.width], seed: seed)
    let atoms = basis.atoms(count: count).reshaped([count, basis.pixelCount])
    let coefficients = basis.analyze(images, count: count)
    let approximation = basis.synthesize(coefficients)
    let rest = (images - approximation).map { Double($0) }.reshaped([3, basis.pixelCount])
    let scale = atoms.norm * Double(images.norm)
    #expect(rest.matrixProduct(atoms, transposingOther: true).norm < tolerance * scale, place)
    #expect(relativeError(basis.approximate(approximation, count: count), approximation) < S(tolerance), place)
    if basis.kind == .frame && count == basis.atomCount || count == basis.pixelCount {
      #expect(relativeError(approximation, images) < S(tolerance), place)
    }
    let energies = [images, approximation].map { Double($0.norm * $0.norm) } + [rest.norm * rest.norm]
    #expect(abs(energies[0] - energies[1] - energies[2]) < tolerance * energies[0], place)
    let any: Tensor<S> = randomTensor([3, count], seed: seed + 1)
    let idle = any - basis.analyze(basis.synthesize(any), count: count)
    if basis.kind == .basis { #expect(idle.norm < S(tolerance) * any.norm, place) }
    #expect(abs(idle.dot(coefficients)) < S(tolerance) * any.norm * coefficients.norm, place)
  }
}
