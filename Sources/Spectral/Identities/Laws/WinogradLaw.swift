internal import Tensors

struct WinogradLaw: Law {
  let name: String
  let statement: String
  let formula = "Aᵀ[(G k Gᵀ) ⊙ (Bᵀ x B)]A = x ⋆ k"
  private let filtering: MinimalFiltering

  /// The law of 2×2 outputs.
  static let twoByTwo = WinogradLaw(
    name: "winograd-2x2", statement: "Four outputs of a 3×3 kernel take 16 products instead of 36.",
    filtering: .twoByTwo)

  /// The law of 4×4 outputs.
  static let fourByFour = WinogradLaw(
    name: "winograd-4x4",
    statement: "Sixteen outputs of a 3×3 kernel take 36 products instead of 144, at more rounding.",
    filtering: .fourByFour)

  // Bound: with the magnitudes of all numbers the formula gives Σ|aᵢ·bᵢ| of rule 2. D for each of its three transforms,
  // of at most 36 terms, one for their product and one for each rounded coefficient; D for the direct sum.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let (x, k) = (trial.image("x"), trial.random("k", [3, 3]))
    let scale = filtering.magnitudes.correlate(x.map { abs($0) }, k.map { abs($0) }).norm
    return IdentitySides(
      filtering.correlate(x, k), try crossCorrelate(x, k, mode: .same, boundary: .zero, method: .direct), scale: scale,
      constant: 3 * (Rounding.sum(36) + 1) + 1 + Rounding.sum(k.count))
  }
}

struct WinogradLayerLaw: Law {
  let name = "winograd-layer"
  let formula = "Aᵀ[Σ (G k Gᵀ) ⊙ (Bᵀ x B)]A = K ⋆ x"
  let statement = "Over channels the products are matrix products, one for each point; a sum is transformed back once."

  // Bound: the promise of the module's page, 100 at ‖x‖₂·‖k‖₁ for tiles of 4×4 outputs and less for those of 2×2; D for
  // the direct sum of a filter's products.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let layer = try IdentityLayer(trial, kernelSize: ImageSize(3, 3))
    let (x, k) = (layer.images, layer.bank)
    return IdentitySides(
      try layer.plan(.winograd).forward(x, k), try layer.plan(.direct).forward(x, k), scale: x.norm * k.norm1,
      constant: 100 + Rounding.sum(k.rowStride))
  }
}
