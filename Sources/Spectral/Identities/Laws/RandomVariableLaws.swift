internal import Numerics
internal import Tensors

extension IdentityFamily {
  /// What convolution is in probability.
  static let randomVariables = IdentityFamily("Random variables", [RandomSumLaw(), NormalSumLaw()])
}

struct RandomSumLaw: Law {
  let name = "random-sum"
  let formula = "P(X + Y = n) = (p ∗ q)[n], X ~ p, Y ~ q"
  let statement = "The sum of independent random variables has the convolution of their distributions."

  // Bound: the right side counts pairs of outcomes, exactly; the left side convolves distributions, with ‖p‖₁ =
  // 1. Two for the divisions.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let x = RandomPlace(within: trial.size, trial.stream.split("x"))
    let y = RandomPlace(within: trial.kernelSize, trial.stream.split("y"))
    let (p, q): (Tensor<S>, Tensor<S>) = (x.distribution(), y.distribution())
    return IdentitySides(
      try linearConvolution(p, q, .fft), (x + y).distribution(), scale: p.norm,
      constant: Rounding.fftConvolution(p, q) + 2)
  }
}

struct NormalSumLaw: Law {
  let name = "normal-sum"
  let formula = "N(0, σ²) ∗ N(0, τ²) = N(0, σ² + τ²)"
  let statement = "Variances add: blurring twice is blurring once with the wider Gaussian."

  // Bound: sampled normal densities, cut at 9 standard deviations. With σ, τ ≥ 2 the terms that sampling adds
  // are at most exp(−2π²·σ²τ²/(σ² + τ²)) < 10⁻¹⁷ (Poisson's sum formula), those that the cut leaves out
  // exp(−40); the densities are rounded once each.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let (first, second) = (2 + Double(trial.size.height) / 16, 2 + Double(trial.size.width) / 16)
    let radii = [first, second].map { Int(9 * $0) }
    let p: Tensor<S> = normalDensity(first, radius: radii[0])
    let q: Tensor<S> = normalDensity(second, radius: radii[1])
    let deviation = Double.sqrt(first * first + second * second)
    return IdentitySides(
      try linearConvolution(p, q, .fft), normalDensity(deviation, radius: radii[0] + radii[1]), scale: p.norm,
      constant: Rounding.fftConvolution(p, q) + 3)
  }

  private func normalDensity<S: SpectralScalar>(_ deviation: Double, radius: Int) -> Tensor<S> {
    let factor = 1 / (deviation * Double.sqrt(2 * .pi))
    let values = (-radius...radius).map { place in
      let z = Double(place) / deviation
      return S(factor * Double.exp(-z * z / 2))
    }
    return Tensor(values, shape: [1, values.count])
  }
}
