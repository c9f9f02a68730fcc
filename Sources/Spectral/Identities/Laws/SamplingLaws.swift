internal import Tensors

extension IdentityFamily {
  /// What fewer or more samples do to a spectrum, here with s = 2 rows and 3 columns.
  static let sampling = IdentityFamily("Sampling", [DownsamplingLaw(), UpsamplingLaw(), TilingLaw(), ZeroPaddingLaw()])
}

// N is the small size and s·N the large one, s² standing for the product of the two factors; F of each has its own T.

struct DownsamplingLaw: Law {
  let name = "downsampling"
  let formula = "F(x[s·n])[f] = 1/s·Σⱼ F(x)[f + j·N/s]"
  let statement = "Fewer samples fold the spectrum: frequencies that no longer fit appear as others (aliasing)."

  // Bound: folding adds s² coefficients and divides by s²: it takes an error of norm √(s²·N) to one of √N at
  // most.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) -> IdentitySides<S> {
    let x = trial.largeImage("x")
    let factors = trial.factors
    return IdentitySides(
      x.downsampled(by: factors).spectrum, folded(x.spectrum, by: factors), scale: S.sqrt(S(trial.size.count)) * x.norm,
      constant: Rounding.transform(trial.size.count) + Rounding.transform(x.count) + Rounding.sum(factors.y * factors.x)
        + 1)
  }
}

struct UpsamplingLaw: Law {
  let name = "upsampling"
  let formula = "F(x ↑ s)[f] = F(x)[f mod N]"
  let statement = "Zeros between the samples (x ↑ s) repeat the spectrum: copies that a low-pass filter has to remove."

  // Bound: rule 1 on both sides.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) -> IdentitySides<S> {
    let x = trial.image("x")
    let factors = trial.factors
    return IdentitySides(
      x.upsampled(by: factors).spectrum, x.spectrum.tiled(by: factors),
      scale: S.sqrt(S(trial.largeSize.count)) * x.norm,
      constant: Rounding.transform(trial.largeSize.count) + Rounding.transform(x.count))
  }
}

struct TilingLaw: Law {
  let name = "periodic-tiling"
  let formula = "F(x tiled s times)[s·f] = s·F(x)[f], else 0"
  let statement = "A periodic image has a line spectrum: only the harmonics of its period."

  // Bound: a tiled image has s times the norm, and its transform s²·√N·‖x‖₂.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) -> IdentitySides<S> {
    let x = trial.image("x")
    let factors = trial.factors
    let count = S(factors.y * factors.x)
    return IdentitySides(
      x.tiled(by: factors).spectrum, (count * x).spectrum.upsampled(by: factors),
      scale: count * S.sqrt(S(x.count)) * x.norm,
      constant: Rounding.transform(trial.largeSize.count) + Rounding.transform(x.count) + 1)
  }
}

struct ZeroPaddingLaw: Law {
  let name = "zero-padding"
  let formula = "F(x padded to s·N)[s·f] = F(x)[f]"
  let statement = "Zeros round an image add no information: they sample the same spectrum more densely."

  // Bound: rule 1 on both sides.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) -> IdentitySides<S> {
    let x = trial.image("x")
    let factors = trial.factors
    return IdentitySides(
      x.resized(to: trial.largeSize).spectrum.downsampled(by: factors), x.spectrum,
      scale: S.sqrt(S(trial.largeSize.count)) * x.norm,
      constant: Rounding.transform(trial.largeSize.count) + Rounding.transform(x.count))
  }
}
