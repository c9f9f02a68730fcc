import LinearModels
import Spectral
import Tensors
import TestSupport
import Testing

/// A complete orthonormal basis with ridge is the pixel model: the penalty does not see a rotation.
@Suite struct RotationIdentityTests {
  static let images: Tensor<Double> = randomTensor([120, 16, 16], seed: 31)
  static let unseen: Tensor<Double> = randomTensor([30, 16, 16], seed: 32)

  static let labels: [Int] = (0..<120).map { row in
    let image = images[rows: row..<row + 1].elements
    let brightness = image[0..<128].reduce(0, +) - image[128..<256].reduce(0, +)
    return brightness > 8 ? 2 : brightness > -8 ? 1 : 0
  }

  @Test(arguments: ["fourier", "haar", "polynomial", "random"])
  func completeBasisWithRidgeIsThePixelModel(name: String) throws {
    let basis = try BasisCatalog.basis(named: name, height: 16, width: 16, random: RandomStream(seed: 33))
    for ridge in [1e-1, 1e-3] {
      let expected = try probabilities(of: PixelBasis(height: 16, width: 16), ridge: ridge)
      let actual = try probabilities(of: basis, ridge: ridge)
      #expect((actual - expected).maximumMagnitude < 1e-8, "\(name), λ = \(ridge)")
    }
  }

  /// The same for the other families, and for every link.
  @Test(arguments: ["fourier", "haar", "random"], [Family.gaussian, .binomial, .poisson])
  func theIdentityHoldsForEveryFamily(name: String, family: Family) throws {
    let basis = try BasisCatalog.basis(named: name, height: 16, width: 16, random: RandomStream(seed: 33))
    for link in family.links where (family, link) != (.poisson, .identity) && (family, link) != (.binomial, .log) {
      for ridge in [1e-1, 1e-2] {
        let expected = try means(of: PixelBasis(height: 16, width: 16), family, link, ridge: ridge)
        let actual = try means(of: basis, family, link, ridge: ridge)
        #expect((actual - expected).maximumMagnitude < 1e-8, "\(name), \(family), \(link), λ = \(ridge)")
      }
    }
  }

  private func means(of basis: any Basis, _ family: Family, _ link: Link, ridge: Double) throws -> Tensor<Double> {
    let map = try CoefficientFeatures(basis: basis)
    let response = Self.labels.map { family == .binomial ? min(1, Double($0)) : Double($0) }
    let problem = try GLMProblem(
      features: map.designMatrix(Self.images), response: .numbers(response), family: family, link: link)
    let fit = try problem.fit(penalty: .ridge(ridge), options: SolverOptions(tolerance: 1e-11))
    #expect(fit.converged, "gradient norm \(fit.gradientNorm) after \(fit.iterations) iterations")
    return fit.model.means(try map.designMatrix(Self.unseen))
  }

  private func probabilities(of basis: any Basis, ridge: Double) throws -> Tensor<Double> {
    let map = try CoefficientFeatures(basis: basis)
    let fit = try LogisticRegression.fit(
      features: map.designMatrix(Self.images), labels: Self.labels, classCount: 3, ridge: ridge,
      options: SolverOptions(tolerance: 1e-11))
    #expect(fit.converged, "gradient norm \(fit.gradientNorm) after \(fit.iterations) iterations")
    return try fit.model.probabilities(map.designMatrix(Self.unseen))
  }
}
