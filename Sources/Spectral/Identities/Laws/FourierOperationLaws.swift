internal import Numerics
internal import Tensors

struct ShiftLaw: Law {
  let name = "shift"
  let formula = "F(x[n − s])[f] = F(x)[f]·exp(−2πi·f·s/N)"
  let statement = "A circular shift of the image turns the phases of its spectrum, and leaves the magnitudes."

  // Bound: rule 1 on both sides, and the product with a wave.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) -> IdentitySides<S> {
    let x = trial.image("x")
    let shift = trial.shift
    return IdentitySides(
      x.shifted(by: shift).spectrum, x.spectrum * conjugate(Tensor.wave(shift, x.shape)),
      scale: S.sqrt(S(x.count)) * x.norm, constant: 2 * Rounding.transform(x.count) + Rounding.waveProduct)
  }
}

struct ModulationLaw: Law {
  let name = "modulation"
  let formula = "F(x[n]·exp(2πi·m·n/N))[f] = F(x)[f − m]"
  let statement = "A product with a wave shifts the spectrum by the wave's frequency."

  // Bound: as for the shift, of which it is the dual.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) -> IdentitySides<S> {
    let x = trial.image("x")
    let frequency = trial.shift
    return IdentitySides(
      fft2(x.complex * Tensor.wave(frequency, x.shape)), x.spectrum.shifted(by: frequency),
      scale: S.sqrt(S(x.count)) * x.norm, constant: 2 * Rounding.transform(x.count) + Rounding.waveProduct)
  }
}

struct DifferenceLaw: Law {
  let name = "difference"
  let formula = "F(x[n] − x[n−1]) = (1 − exp(−2πi·f/N))·F(x)"
  let statement = "A difference weighs the frequencies: none of the mean, most of the finest detail."

  // Bound: for each axis: a difference has norm 2·‖x‖₂ at most, rounded by ε/2 of itself, and so has the factor
  // 1 − W. Both axes together have at most the sum of their errors, 2·(T + 1) and 2·T + 12 + 2·2 each.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) -> IdentitySides<S> {
    let x = trial.image("x")
    let steps = [(y: 1, x: 0), (y: 0, x: 1)]
    let left = steps.map { parts((x - x.shifted(by: $0)).spectrum) }
    let right = steps.map { parts(x.spectrum) - parts(x.spectrum * conjugate(Tensor.wave($0, x.shape))) }
    return IdentitySides(
      stacked(left), stacked(right), scale: S.sqrt(S(x.count)) * x.norm,
      constant: 2 * (4 * Rounding.transform(x.count) + 2 + Rounding.waveProduct + 2))
  }
}

struct ProjectionSliceLaw: Law {
  let name = "projection-slice"
  let formula = "F(x)[0, g] = F(Σₘ x[m, ·])[g]"
  let statement = "The transform of a projection is a slice of the spectrum: the principle of tomography."

  // Bound: the slices are part of the spectrum, the two together at most twice. A projection sums n samples, so
  // that its error is at most D·ε·√n·‖x‖₂, and transforms along what is left.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) -> IdentitySides<S> {
    let x = trial.image("x")
    let (rows, columns) = (ImageSize(1, trial.size.width), ImageSize(trial.size.height, 1))
    let left = [rows, columns].map { parts(x.spectrum.resized(to: $0)) }
    let ones = [rows, columns].map { Tensor<S>(repeating: 1, shape: $0.shape) }
    let right = [ones[1].matrixProduct(x, transposingSelf: true), x.matrixProduct(ones[0], transposingOther: true)]
    let constants = x.shape.map { Rounding.transform($0) + Rounding.sum($0) }
    return IdentitySides(
      stacked(left), stacked(right.map { parts($0.spectrum) }), scale: S.sqrt(S(x.count)) * x.norm,
      constant: 2 * Rounding.transform(x.count) + constants.reduce(0, +))
  }
}
