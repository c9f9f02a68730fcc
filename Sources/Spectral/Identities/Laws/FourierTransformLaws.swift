internal import Numerics
internal import Tensors

extension IdentityFamily {
  /// What the transform is, and what it keeps.
  static let fourierTransform = IdentityFamily(
    "Fourier transform",
    [
      DefinitionLaw(), InversionLaw(), ParsevalLaw(), MeanLaw(), HermitianSymmetryLaw(), DoubleTransformLaw(),
      ShiftLaw(), ModulationLaw(), DifferenceLaw(), ProjectionSliceLaw(),
    ])
}

struct DefinitionLaw: Law {
  let name = "definition"
  let formula = "FFT(x)[f] = Σₙ x[n]·exp(−2πi·f·n/N)"
  let statement = "The fast transform computes the definition."
  let largestCount = 1 << 14

  // Bound: rule 2 holds each coefficient of a pass over n samples to (D + 12)·ε·‖x‖₁ ≤ (D + 12)·ε·√n·‖x‖₂,
  // hence all n of them to √n times that; the other axis is transformed exactly.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) -> IdentitySides<S> {
    let x = trial.image("x")
    let passes = trial.size.shape.map { (Rounding.sum($0) + Rounding.waveProduct) * Double($0).squareRoot() }
    return IdentitySides(
      x.spectrum, DFT.transform2(x.complex), scale: S.sqrt(S(x.count)) * x.norm,
      constant: Rounding.transform(x.count) + passes.reduce(0, +))
  }
}

struct InversionLaw: Law {
  let name = "inversion"
  let formula = "F⁻¹(F(x)) = x"
  let statement = "A spectrum holds everything that the image does."

  // Bound: rule 1 twice, and the factor 1/N.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) -> IdentitySides<S> {
    let x = trial.image("x")
    return IdentitySides(ifft2(x.spectrum), x.complex, scale: x.norm, constant: 2 * Rounding.transform(x.count) + 1)
  }
}

struct ParsevalLaw: Law {
  let name = "parseval"
  let formula = "Σ|x|² = 1/N·Σ|F(x)|²"
  let statement = "An image and its spectrum have the same energy."

  // Bound: the energies differ by twice the relative error of the spectrum, and by the rounding of the two
  // sums.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) -> IdentitySides<S> {
    let x = trial.image("x")
    let coefficients = parts(x.spectrum)
    let energy = x.dot(x)
    return IdentitySides(
      Tensor([energy]), Tensor([coefficients.dot(coefficients) / S(x.count)]), scale: energy,
      constant: 2 * Rounding.transform(x.count) + Rounding.sum(x.count) + Rounding.sum(2 * x.count) + 1)
  }
}

struct MeanLaw: Law {
  let name = "mean"
  let formula = "F(x)[0] = Σₙ x[n]"
  let statement = "The coefficient of frequency zero is the sum of the image, N times its mean."

  // Bound: rules 1 and 2 for one coefficient, with ‖x‖₁ ≤ √N·‖x‖₂.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) -> IdentitySides<S> {
    let x = trial.image("x")
    let origin = ImageSize(1, 1)
    return IdentitySides(
      x.spectrum.resized(to: origin), Tensor([x.sum], shape: origin.shape).complex, scale: x.norm1,
      constant: Rounding.transform(x.count) + Rounding.sum(x.count))
  }
}

struct HermitianSymmetryLaw: Law {
  let name = "hermitian-symmetry"
  let formula = "F(x)[−f] = F(x)[f]* for real x"
  let statement = "Half of the spectrum of a real image tells the other half."

  // Bound: rule 1 for the complex transform and for the real one, which computes half of the coefficients.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) -> IdentitySides<S> {
    let x = trial.image("x")
    let half = rfft2(x)
    let (height, width, stored) = (trial.size.height, trial.size.width, trial.size.width / 2 + 1)
    let first = half.rearranged(to: trial.size) { $1 < stored ? ($0, $1) : nil }
    let others = half.rearranged(to: trial.size) { $1 < stored ? nil : ((height - $0) % height, width - $1) }
    return IdentitySides(
      parts(x.spectrum), parts(first) + parts(conjugate(others)), scale: S.sqrt(S(x.count)) * x.norm,
      constant: 2 * Rounding.transform(x.count))
  }
}

struct DoubleTransformLaw: Law {
  let name = "double-transform"
  let formula = "F(F(x))[n] = N·x[−n]"
  let statement = "Transforming twice turns the image round; space and frequency are dual."

  // Bound: rule 1 twice, and the factor N.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) -> IdentitySides<S> {
    let x = trial.image("x")
    return IdentitySides(
      fft2(x.spectrum), (S(x.count) * x.reversed).complex, scale: S(x.count) * x.norm,
      constant: 2 * Rounding.transform(x.count) + 1)
  }
}
