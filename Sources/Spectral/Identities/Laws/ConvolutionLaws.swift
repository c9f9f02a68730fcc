internal import Numerics
internal import Tensors

extension IdentityFamily {
  /// Convolution as a product: the left side by the FFT, the right side by the direct sum.
  static let convolutionLaws = IdentityFamily(
    "Laws of convolution",
    [
      CommutativityLaw(), AssociativityLaw(), DistributivityLaw(), EquivarianceLaw(), SeparabilityLaw(),
      OverlapAddLaw(), MassLaw(),
    ])
}

// C is the constant of rule 3, D that of rule 2.

struct CommutativityLaw: Law {
  let name = "commutativity"
  let formula = "x ∗ k = k ∗ x"
  let statement = "Image and kernel may change places."

  // Bound: C on the left; the direct sum with image and kernel exchanged has D at ‖k‖₂·‖x‖₁ ≤ √N·‖x‖₂·‖k‖₁.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let (x, k) = (trial.image("x"), trial.kernel("k"))
    return IdentitySides(
      try linearConvolution(x, k, .fft), try linearConvolution(k, x, .direct), scale: x.norm * k.norm1,
      constant: Rounding.fftConvolution(x, k) + Rounding.sum(x.count) * Double(x.count).squareRoot())
  }
}

struct AssociativityLaw: Law {
  let name = "associativity"
  let formula = "(x ∗ g) ∗ h = x ∗ (g ∗ h)"
  let statement = "Two kernels after one another are one larger kernel."

  // Bound: C twice on the left, D twice on the right, where the error of g ∗ h reaches the result through ‖δ‖₁ ≤ √K·‖δ‖₂
  // of its K terms.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let (x, g, h) = (trial.image("x"), trial.kernel("g"), trial.kernel("h"))
    let (inner, kernel) = (try linearConvolution(x, g, .fft), try linearConvolution(g, h, .direct))
    let right = Rounding.sum(kernel.count) + Rounding.sum(h.count) * Double(kernel.count).squareRoot()
    return IdentitySides(
      try linearConvolution(inner, h, .fft), try linearConvolution(x, kernel, .direct),
      scale: x.norm * g.norm1 * h.norm1,
      constant: Rounding.fftConvolution(x, g) + Rounding.fftConvolution(inner, h) + right)
  }
}

struct DistributivityLaw: Law {
  let name = "distributivity"
  let formula = "x ∗ (g + h) = x ∗ g + x ∗ h"
  let statement = "The convolution with a sum of kernels is the sum of the convolutions."

  // Bound: C on the left, D on the right, and the rounding of both sums.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let (x, g, h) = (trial.image("x"), trial.kernel("g"), trial.kernel("h"))
    return IdentitySides(
      try linearConvolution(x, g + h, .fft), try linearConvolution(x, g, .direct) + linearConvolution(x, h, .direct),
      scale: x.norm * (g.norm1 + h.norm1), constant: Rounding.fftConvolution(x, g) + Rounding.sum(g.count) + 2)
  }
}

struct EquivarianceLaw: Law {
  let name = "translation-equivariance"
  let formula = "(T x) ⊛ k = T(x ⊛ k), T x = x[n − s]"
  let statement = "Shifting the image shifts the result: a filter does the same everywhere."

  // Bound: C on the left, with a grid of the image's size, and D on the right; a shift has no rounding.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let (x, k) = (trial.image("x"), trial.kernel("k"))
    let shift = trial.shift
    return IdentitySides(
      try circularConvolution(x.shifted(by: shift), k, .fft), try circularConvolution(x, k, .direct).shifted(by: shift),
      scale: x.norm * k.norm1, constant: Rounding.transform(x.count) + Rounding.sum(k.count))
  }
}

struct SeparabilityLaw: Law {
  let name = "separability"
  let formula = "x ∗ (u·vᵀ) = (x ∗ u) ∗ vᵀ"
  let statement =
    "A kernel of rank one is a pass along the columns and one along the rows: kh + kw products, not kh·kw."

  // Bound: C on the left and the rounding of the outer product; D for the columns and D for the rows on the
  // right.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let x = trial.image("x")
    let (u, v) = (trial.random("u", [trial.kernelSize.height, 1]), trial.random("v", [1, trial.kernelSize.width]))
    let kernel = u.matrixProduct(v)
    return IdentitySides(
      try linearConvolution(x, kernel, .fft), try linearConvolution(linearConvolution(x, u, .direct), v, .direct),
      scale: x.norm * u.norm1 * v.norm1,
      constant: Rounding.fftConvolution(x, kernel) + Rounding.sum(u.count) + Rounding.sum(v.count) + 1)
  }
}

struct OverlapAddLaw: Law {
  let name = "overlap-add"
  let formula = "x ∗ k = Σᵢ Tᵢ(xᵢ ∗ k) for x = Σᵢ Tᵢ xᵢ"
  let statement = "An image may be convolved tile by tile; where the results overlap they are added."

  // Bound: the errors C·ε·‖xᵢ‖₂·‖k‖₁ of m tiles add up to √m·C·ε·‖x‖₂·‖k‖₁ at most, as does the rounding of the m sums, ε/2
  // each; D on the right.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let (x, k, factors) = (trial.largeImage("x"), trial.kernel("k"), trial.factors)
    let whole = try linearConvolution(x, k, .direct)
    let places = (0..<factors.y * factors.x).map {
      (y: $0 / factors.x * trial.size.height, x: $0 % factors.x * trial.size.width)
    }
    let tiles = places.map { x.cropped(at: $0, to: trial.size) }
    let results = try zip(places, tiles).map { place, tile in
      try linearConvolution(tile, k, .fft).resized(to: whole.size).shifted(by: place)
    }
    let count = Double(tiles.count)
    return IdentitySides(
      results.reduce(.zeros(whole.shape), +), whole, scale: x.norm * k.norm1,
      constant: count.squareRoot() * (Rounding.fftConvolution(tiles[0], k) + count / 2) + Rounding.sum(k.count))
  }
}

struct MassLaw: Law {
  let name = "mass"
  let formula = "Σ(x ∗ k) = Σx·Σk"
  let statement = "A kernel whose weights sum to one keeps the total brightness."

  // Bound: a sum of M outputs turns an error of norm ‖δ‖₂ into √M·‖δ‖₂, and adds D·ε·‖y‖₁; on the right there
  // are the sums of the image and of the kernel. All of it is at most √M·‖x‖₂·‖k‖₁.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let (x, k) = (trial.image("x"), trial.kernel("k"))
    let y = try linearConvolution(x, k, .fft)
    let sums = [y, x, k].map { Rounding.sum($0.count) }
    return IdentitySides(
      Tensor([y.sum]), Tensor([x.sum * k.sum]), scale: S.sqrt(S(y.count)) * x.norm * k.norm1,
      constant: Rounding.fftConvolution(x, k) + sums.reduce(1, +))
  }
}
