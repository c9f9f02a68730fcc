internal import Numerics
internal import Tensors

extension IdentityFamily {
  /// A convolution in one space is a product in the other.
  static let convolutionTheorem = IdentityFamily(
    "Convolution theorem",
    [CircularConvolutionLaw(), LinearConvolutionLaw(), CorrelationLaw(), AutocorrelationLaw(), MultiplicationLaw()])
}

// In a product of spectra each factor's error counts once: ‖δX·K‖₂ ≤ ‖δX‖₂·‖k‖₁ by rule 1's first form, and
// ‖X·δK‖₂ ≤ √N·‖x‖₂·T·ε·‖k‖₁ by its second.

struct CircularConvolutionLaw: Law {
  let name = "circular-convolution"
  let formula = "F(x ⊛ k) = F(x)·F(k)"
  let statement = "The spectrum of a circular convolution is the product of the spectra."

  // Bound: the direct sum and its transform, D + T; the spectra and their product, 2·T + 2.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let (x, k) = (trial.image("x"), trial.image("k"))
    return IdentitySides(
      try circularConvolution(x, k, .direct).spectrum, x.spectrum * k.spectrum,
      scale: S.sqrt(S(x.count)) * x.norm * k.norm1, constant: theoremConstant(x.count))
  }
}

struct CorrelationLaw: Law {
  let name = "correlation"
  let formula = "F(x ⋆ k) = F(x)·F(k)*"
  let statement = "The spectrum of a circular cross-correlation has the kernel's spectrum conjugated."

  // Bound: as for the convolution; a conjugate has no rounding.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let (x, k) = (trial.image("x"), trial.image("k"))
    return IdentitySides(
      try circularCorrelation(x, k, .direct).spectrum, x.spectrum * conjugate(k.spectrum),
      scale: S.sqrt(S(x.count)) * x.norm * k.norm1, constant: theoremConstant(x.count))
  }
}

struct AutocorrelationLaw: Law {
  let name = "autocorrelation"
  let formula = "F(x ⋆ x) = |F(x)|²"
  let statement = "The spectrum of the autocorrelation is the power spectrum (Wiener–Khinchin)."

  // Bound: the correlation of an image with itself.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let x = trial.image("x")
    let spectrum = x.spectrum
    let (real, imaginary) = (realParts(spectrum), imaginaryParts(spectrum))
    return IdentitySides(
      try circularCorrelation(x, x, .direct).spectrum, (real * real + imaginary * imaginary).complex,
      scale: S.sqrt(S(x.count)) * x.norm * x.norm1, constant: theoremConstant(x.count))
  }
}

struct LinearConvolutionLaw: Law {
  let name = "linear-convolution"
  let formula = "x ∗ k = F⁻¹(F(pad x)·F(pad k))"
  let statement = "A linear convolution is a circular one of images padded with zeros to H + kh − 1."

  // Bound: T for each of the three transforms, the last one of an error that is divided by √n; D for the direct
  // sum, 2 for the product and 1 for the factor 1/n.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let (x, k) = (trial.image("x"), trial.kernel("k"))
    let direct = try linearConvolution(x, k, .direct)
    let product = rfft2(x.resized(to: direct.size)) * rfft2(k.resized(to: direct.size))
    return IdentitySides(
      direct, irfft2(product, width: direct.size.width), scale: x.norm * k.norm1,
      constant: 3 * Rounding.transform(direct.count) + Rounding.sum(k.count) + 3)
  }
}

struct MultiplicationLaw: Law {
  let name = "multiplication"
  let formula = "F(x·w) = 1/N·F(x) ⊛ F(w)"
  let statement = "A product of images, such as with a window, blurs the spectrum by the window's."

  // Bound: T for each of the three transforms, since |w| ≤ ‖w‖₂ and |x| ≤ ‖x‖₂; the complex sum is four real
  // ones of N terms, and (‖Xᵣ‖₂ + ‖Xᵢ‖₂)·(‖Wᵣ‖₁ + ‖Wᵢ‖₁) ≤ 2·‖X‖₂·‖W‖₁ with ‖W‖₁ ≤ N·‖w‖₂.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let (x, w) = (trial.image("x"), trial.image("w"))
    return IdentitySides(
      (x * w).spectrum, try circularConvolution(x.spectrum, scaled(w.spectrum, by: 1 / S(x.count)), .direct),
      scale: S.sqrt(S(x.count)) * x.norm * w.norm,
      constant: 3 * Rounding.transform(x.count) + 2 * Rounding.sum(x.count) + 4)
  }
}

private func theoremConstant(_ count: Int) -> Double { 3 * Rounding.transform(count) + Rounding.sum(count) + 2 }
