import Experiments
import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct ApproximationTests {
  private func basis(_ name: String, _ height: Int, _ width: Int) throws -> any Basis {
    try BasisCatalog.basis(named: name, height: height, width: width, random: RandomStream(seed: 3))
  }

  /// The smallest error over all choices of M atoms, each with its orthogonal projection.
  private func bestError(_ basis: any Basis, _ image: Tensor<Double>, count: Int) -> Double {
    let coefficients = basis.analyze(image).elements
    var best = Double.infinity
    for subset in 0..<1 << coefficients.count where subset.nonzeroBitCount == count {
      let kept = coefficients.indices.map { subset >> $0 & 1 == 1 ? coefficients[$0] : 0 }
      let rest = image - basis.synthesize(Tensor(kept, shape: [1, kept.count]))
      best = min(best, rest.norm / image.norm)
    }
    return best
  }

  @Test(arguments: ["pixels", "fourier", "haar", "polynomial", "random"])
  func noOtherAtomsDoBetter(name: String) throws {
    let basis = try basis(name, 2, 4)
    let images = randomTensor([3, 2, 4], seed: 8, as: Double.self)
    let curve = ApproximationCurve(basis, images: images)
    #expect(curve.counts == Array(1...8) && curve.basis == name && curve.kind == "orthonormal")
    for (count, error) in zip(curve.counts, curve.errors) {
      let best = (0..<3).map { bestError(basis, images[rows: $0..<$0 + 1], count: count) }.reduce(0, +) / 3
      #expect(abs(error - best) <= 1e-12, "\(count) atoms: \(error), best \(best)")
    }
  }

  /// Atoms of other lengths, taken as a basis that is not orthonormal, give the same approximations.
  @Test func theGeneralWayAgreesWithTheOrthonormalOne() throws {
    let images = randomTensor([700, 8, 8], seed: 9, as: Double.self)
    let haar = try basis("haar", 8, 8)
    let exact = ApproximationCurve(haar, images: images)
    let general = ApproximationCurve(StretchedBasis(haar), images: images)
    #expect(
      general.kind == "basis"
        && general.counts == [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64])
    for (count, error) in zip(general.counts, general.errors) {
      #expect(abs(error - (try #require(exact.error(atoms: count)))) <= 1e-10, "\(count) atoms")
    }
  }

  @Test func atomsForAnErrorAreTheFewest() throws {
    let images = randomTensor([20, 4, 4], seed: 2, as: Double.self)
    let curve = ApproximationCurve(try basis("fourier", 4, 4), images: images)
    #expect(zip(curve.errors, curve.errors.dropFirst()).allSatisfy { $0 > $1 } && curve.errors.last == 0)
    let needed = try #require(curve.atoms(forError: 0.3))
    #expect(curve.errors[needed - 1] <= 0.3 && curve.errors[needed - 2] > 0.3)
    #expect(curve.atoms(forError: -1) == nil && curve.error(atoms: 17) == nil)
  }

  @Test func aReportCountsZeroImagesAndShowsEveryBasis() throws {
    var images = randomTensor([5, 4, 4], seed: 2, as: Double.self)
    for pixel in 0..<16 { images[3, pixel / 4, pixel % 4] = 0 }
    let bases = try [basis("haar", 4, 4), basis("pixels", 4, 4)]
    let report = try ApproximationReport(dataset: "noise", images: images, bases: bases)
    #expect(report.images == 4 && report.zeroImages == 1 && report.curves.map(\.basis) == ["haar", "pixels"])
    #expect(report.csv.rows.count == 32 && report.csv.columns.last == "mean_relative_error")
    #expect(report.lines.contains { $0.hasPrefix("haar") } && report.lines.contains { $0.contains("1 image") })
    #expect(report.chart.curves.map(\.name) == ["haar", "pixels"])
    #expect(throws: InputError.self) {
      try ApproximationReport(dataset: "black", images: Tensor.zeros([2, 4, 4]), bases: bases)
    }
  }
}

/// An orthonormal basis whose atom j is j + 1 times as long, presented as a basis that is not orthonormal.
private struct StretchedBasis: Basis {
  let name = "stretched"
  let kind = BasisKind.basis
  private let inner: any Basis

  init(_ inner: any Basis) { self.inner = inner }

  var height: Int { inner.height }
  var width: Int { inner.width }
  var atomCount: Int { inner.atomCount }
  var bands: [AtomBand] { inner.bands }
  func conditionNumber(count: Int) -> Double { Double(count) }
  func atomNames(count: Int) -> [String] { inner.atomNames(count: count) }
  func analysisOperations(count: Int) -> Double { inner.analysisOperations(count: count) }

  func atoms(count: Int) -> Tensor<Double> { stretched(inner.atoms(count: count), rowLength: pixelCount) { $0 } }

  func analyze<S: SpectralScalar>(_ images: Tensor<S>, count: Int) -> Tensor<S> {
    stretched(inner.analyze(images, count: count).transposed, rowLength: images.shape[0]) { 1 / $0 }.transposed
  }

  func synthesize<S: SpectralScalar>(_ coefficients: Tensor<S>) -> Tensor<S> {
    inner.synthesize(stretched(coefficients.transposed, rowLength: coefficients.shape[0]) { $0 }.transposed)
  }

  private func stretched<S: SpectralScalar>(_ rows: Tensor<S>, rowLength: Int, by factor: (S) -> S) -> Tensor<S> {
    Tensor(rows.elements.enumerated().map { $1 * factor(S($0 / rowLength + 1)) }, shape: rows.shape)
  }
}
