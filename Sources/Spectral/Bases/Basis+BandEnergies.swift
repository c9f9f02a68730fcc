public import Tensors

extension Basis {
  /// The energy of images in each band of an orthonormal basis: the sum of c² over the coefficients on its atoms.
  ///
  /// The energies of all bands add up to ‖x‖² (Parseval).
  ///
  /// - Parameter images: `[N, H, W]`.
  /// - Returns: `[N, B]`, in the order of ``bands``.
  public func bandEnergies<S: SpectralScalar>(_ images: Tensor<S>) -> Tensor<S> {
    precondition(
      kind == .orthonormal && atomCount == pixelCount, "expected a complete orthonormal basis, got \(name)")
    let bands = bands
    let coefficients = analyze(images)
    var energies = Tensor<S>.zeros([images.shape[0], bands.count])
    for image in 0..<images.shape[0] {
      for (place, band) in bands.enumerated() {
        energies[image, place] = band.atoms.reduce(0) { $0 + coefficients[image, $1] * coefficients[image, $1] }
      }
    }
    return energies
  }

  /// The best approximations of images by M atoms each: those with the largest coefficients of an orthonormal basis.
  ///
  /// No other M atoms of the basis leave a smaller error. Of equal magnitudes the first atoms are kept.
  ///
  /// - Parameters:
  ///   - images: `[N, H, W]`.
  ///   - count: M, at most ``atomCount``.
  /// - Returns: `[N, H, W]`.
  public func bestApproximation<S: SpectralScalar>(_ images: Tensor<S>, count: Int) -> Tensor<S> {
    precondition(kind == .orthonormal, "expected an orthonormal basis, got \(name)")
    checkCount(count)
    var coefficients = analyze(images)
    for image in 0..<images.shape[0] {
      let row = coefficients[rows: image..<image + 1].elements
      let order = row.indices.sorted { (abs(row[$1]), $0) < (abs(row[$0]), $1) }
      for atom in order.dropFirst(count) { coefficients[image, atom] = 0 }
    }
    return synthesize(coefficients)
  }
}
