internal import Numerics
internal import Tensors

// The laws of convolution as a product: the left side by the FFT, the right side by the direct sum. Each convolution
// contributes its constant of the module's page.
extension Identity {
  /// The direct sum with image and kernel exchanged is bound by ‖k‖₂·‖x‖₁ ≤ √N·‖x‖₂·‖k‖₁.
  static func commutativity<S: SpectralScalar>(_ trial: IdentityTrial, as _: S.Type) -> IdentityOutcome {
    let (x, k): (Tensor<S>, Tensor<S>) = (trial.image("x"), trial.kernel("k"))
    return IdentityOutcome(
      full(x, k, .fft), full(k, x, .direct), scale: x.norm * l1(k),
      constant: fftConstant(x, k) + directConstant(x.count) * Double(x.count).squareRoot(), trial)
  }

  /// The error of g ∗ h reaches the result through ‖δ‖₁ ≤ √(its terms)·‖δ‖₂.
  static func associativity<S: SpectralScalar>(_ trial: IdentityTrial, as _: S.Type) -> IdentityOutcome {
    let x: Tensor<S> = trial.image("x")
    let (g, h): (Tensor<S>, Tensor<S>) = (trial.kernel("g"), trial.kernel("h"))
    let (inner, kernel) = (full(x, g, .fft), full(g, h, .direct))
    let right = directConstant(kernel.count) + directConstant(h.count) * Double(kernel.count).squareRoot()
    return IdentityOutcome(
      full(inner, h, .fft), full(x, kernel, .direct), scale: x.norm * l1(g) * l1(h),
      constant: fftConstant(x, g) + fftConstant(inner, h) + right, trial)
  }

  static func distributivity<S: SpectralScalar>(_ trial: IdentityTrial, as _: S.Type) -> IdentityOutcome {
    let x: Tensor<S> = trial.image("x")
    let (g, h): (Tensor<S>, Tensor<S>) = (trial.kernel("g"), trial.kernel("h"))
    return IdentityOutcome(
      full(x, g + h, .fft), full(x, g, .direct) + full(x, h, .direct), scale: x.norm * (l1(g) + l1(h)),
      constant: fftConstant(x, g) + directConstant(g.count) + 2, trial)
  }

  /// The constant of a transform of n points.
  static func transformConstant(_ count: Int) -> Double { 4 * max(1, Double.log2(Double(count))) }

  /// The constant of a direct sum with K terms.
  static func directConstant(_ terms: Int) -> Double { max(8, Double(terms).squareRoot()) }

  static func l1<S: SpectralScalar>(_ kernel: Tensor<S>) -> S { kernel.map { abs($0) }.sum }

  /// The value of a convolution whose sizes are known to fit.
  static func definitely<Value>(_ body: () throws -> Value) -> Value {
    do { return try body() } catch { preconditionFailure("expected sizes that fit, got \(error)") }
  }

  private static func full<S: SpectralScalar>(
    _ x: Tensor<S>, _ k: Tensor<S>, _ method: ConvolutionMethod
  ) -> Tensor<S> {
    definitely { try convolve(x, k, mode: .full, boundary: .zero, method: method) }
  }

  private static func fftConstant<S: SpectralScalar>(_ x: Tensor<S>, _ k: Tensor<S>) -> Double {
    transformConstant(zip(x.shape, k.shape).map { fastLength($0 + $1 - 1) }.reduce(1, *))
  }
}
