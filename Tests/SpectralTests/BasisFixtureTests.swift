import Formats
import Spectral
import Tensors
import TestSupport
import Testing

/// Coefficients that other libraries compute, in the documented order; `make_bases.py` says by what.
@Suite struct BasisFixtureTests {
  @Test(arguments: BasisCatalog.names.filter { !["pixels", "fourier", "haar", "polynomial", "random"].contains($0) })
  func coefficientsAreThoseOfOtherLibraries(name: String) throws {
    guard !BasisCatalog.needsTraining(name) else { return }
    let archive = try NPZ.read(Places.fixture("Bases/bases.npz"))
    let cases = archive.names.filter { $0.hasPrefix("\(name)_") && $0.hasSuffix("_images") }
    #expect(cases.count >= 2)
    for entry in cases {
      let images: Tensor<Double> = try archive[entry].tensor()
      let key = String(entry.dropLast("_images".count))
      let expected: Tensor<Double> = try archive[key].tensor()
      let (height, width, count) = (images.shape[1], images.shape[2], expected.shape[1])
      let basis = try BasisCatalog.basis(named: name, height: height, width: width, random: RandomStream(seed: 1))
      let isOrthonormal = basis.kind == .orthonormal
      #expect(count == basis.atomCount || !isOrthonormal)
      #expect(relativeError(basis.analyze(images, count: count), expected) < (isOrthonormal ? 1e-14 : 1e-9), "\(key)")
      guard !isOrthonormal else { continue }
      let condition = try archive["\(key)_condition"].tensor(as: Double.self).elements[0]
      #expect(abs(basis.conditionNumber(count: count) / condition - 1) < 1e-7, "\(key)")
    }
  }

  @Test(arguments: ["5x6", "4x4"])
  func principalComponentsAreScikitLearns(size: String) throws {
    let archive = try NPZ.read(Places.fixture("Bases/bases.npz"))
    let basis = try PCABasis(training: archive["pca_\(size)_training"].tensor())
    let expected: Tensor<Double> = try archive["pca_\(size)_components"].tensor()
    let variances = try archive["pca_\(size)_variances"].tensor(as: Double.self)
    let atoms = basis.atoms(count: expected.shape[0]).reshaped(expected.shape)
    #expect(relativeError(atoms, expected) < 1e-9)
    #expect(relativeError(Tensor(Array(basis.variances.prefix(variances.count))), variances) < 1e-12)
    #expect(basis.variances.dropFirst(variances.count).allSatisfy { $0 < 1e-20 * variances.elements[0] })
  }

  @Test(arguments: ["5x6", "4x4"])
  func whiteningIsNumPys(size: String) throws {
    let archive = try NPZ.read(Places.fixture("Bases/bases.npz"))
    let training: Tensor<Double> = try archive["pca_\(size)_training"].tensor()
    let expected: Tensor<Double> = try archive["zca_\(size)"].tensor()
    let basis = try ZCABasis(training: training)
    #expect(relativeError(basis.analyze(training), expected) < 1e-9)
    let condition = try archive["zca_\(size)_condition"].tensor(as: Double.self).elements[0]
    #expect(abs(basis.conditionNumber / condition - 1) < 1e-9)
  }
}
