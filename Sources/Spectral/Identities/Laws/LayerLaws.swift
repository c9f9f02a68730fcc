internal import Numerics
internal import Tensors

extension IdentityFamily {
  /// What a convolutional layer, its stride and dilation and its gradients are.
  static let layers = IdentityFamily(
    "Layers of networks",
    [
      AdjointLaw(), KernelGradientLaw(), TransposedConvolutionLaw(), StrideLaw(), StrideEquivarianceLaw(),
      DilationLaw(), WinogradLaw.twoByTwo,
      WinogradLaw.fourByFour, WinogradLayerLaw(),
    ])
}

struct AdjointLaw: Law {
  let name = "adjoint"
  let formula = "⟨K x, y⟩ = ⟨x, Kᵀ y⟩"
  let statement = "What a layer sends forward, its transpose sends back: the gradient with respect to the images."

  // Bound: an image extended by kh − 1 rows and kw − 1 columns repeats a sample at most kh·kw times, so that
  // both passes have norm √(kh·kw)·‖k‖₁ at most. To their errors come those of the inner products; five
  // boundaries together have √5 times the error of one.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let layer = try IdentityLayer(trial)
    let (x, k) = (layer.images, layer.bank)
    let y = trial.random("y", layer.outputShape)
    let products = try Boundary.allCases.map { boundary in
      let forward = try layer.plan(.direct, boundary).forward(x, k)
      let backward = try layer.plan(.fft, boundary).gradientInput(y, k)
      return (forward.dot(y), x.dot(backward))
    }
    let sums = [k, x, y].map { Rounding.sum($0.count) }.reduce(0, +)
    return IdentitySides(
      Tensor(products.map(\.0)), Tensor(products.map(\.1)),
      scale: S.sqrt(S(products.count * layer.repetition)) * x.norm * k.norm1 * y.norm,
      constant: Rounding.fftConvolution(x, k) + sums)
  }
}

struct KernelGradientLaw: Law {
  let name = "kernel-gradient"
  let formula = "∂L/∂k[u] = Σᵢ x[i + u]·g[i], g = ∂L/∂y"
  let statement = "The gradient of a kernel is the images correlated with the output's gradient, summed over positions."
  let largestCount = 1 << 12

  // Bound: the loss L = ⟨k ⋆ x, g⟩ is linear in k, so that its derivative by a weight is its value at the
  // kernel that is 1 there and 0 elsewhere: samples, summed with rule 2, for each of kh·kw weights. The
  // correlation has ‖g‖₁ ≤ √M·‖g‖₂ over M outputs.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let layer = try IdentityLayer(trial, channels: 1, filters: 1)
    let x = layer.images
    let g = trial.random("g", layer.outputShape)
    let direct = try layer.plan(.direct)
    let taps = layer.bank.count
    let losses = (0..<taps).map { tap in direct.forward(x, Tensor((0..<taps).map { $0 == tap ? 1 : 0 })).dot(g) }
    let correlation = Rounding.fftConvolution(x, layer.bank) * Double(g.count).squareRoot()
    return IdentitySides(
      try layer.plan(.fft).gradientKernel(x, g).reshaped([taps]), Tensor(losses), scale: x.norm * g.norm,
      constant: correlation + Double(taps).squareRoot() * Rounding.sum(g.count))
  }
}

struct TransposedConvolutionLaw: Law {
  let name = "transposed-convolution"
  let formula = "Kᵀ y = (y ↑ s) ∗ k"
  let statement = "The adjoint of a strided correlation inserts zeros (y ↑ s) and convolves: the kernel flipped."

  // Bound: D for the layer's adjoint and C for the convolution; zeros have no rounding.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let (k, size, factors) = (trial.kernel("k"), trial.size, trial.factors)
    let shape = try ConvolutionShape(
      inputHeight: size.height, inputWidth: size.width, kernelHeight: k.shape[0], kernelWidth: k.shape[1],
      strideY: factors.y, strideX: factors.x)
    let y = trial.random("y", [shape.outputHeight, shape.outputWidth])
    let adjoint = try ConvolutionPlan<S>(shape, method: .direct).gradientInput(y, k)
    let zeros = y.upsampled(by: factors)
    return IdentitySides(
      adjoint.reshaped(size.shape), try linearConvolution(zeros, k, .fft).resized(to: size), scale: y.norm * k.norm1,
      constant: Rounding.fftConvolution(zeros, k) + Rounding.sum(k.count))
  }
}

struct StrideLaw: Law {
  let name = "stride"
  let formula = "F(y)[f] = 1/s·Σⱼ F(x ⋆ k)[f + j·N/s]"
  let statement = "A stride folds the spectrum of the unstrided layer: what the kernel lets pass above it is aliased."

  // Bound: D for the direct sum. The spectra and their product have 2·T + 2 at the norm √(s²·N)·‖x‖₂·‖k‖₁,
  // which folding takes to √N·‖x‖₂·‖k‖₁ with a sum of s², and the inverse with its T to ‖x‖₂·‖k‖₁.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let (x, k, factors) = (trial.largeImage("x"), trial.kernel("k"), trial.factors)
    let product = x.spectrum * conjugate(k.resized(to: trial.largeSize).spectrum)
    return IdentitySides(
      try circularCorrelation(x, k, .direct, stride: factors), realParts(ifft2(folded(product, by: factors))),
      scale: x.norm * k.norm1,
      constant: Rounding.sum(k.count) + 2 * Rounding.transform(x.count) + Rounding.product
        + Rounding.sum(factors.y * factors.x) + Rounding.transform(trial.size.count) + 1)
  }
}

struct StrideEquivarianceLaw: Law {
  let name = "stride-equivariance"
  let formula = "y(x[n − s·m]) = y(x)[n − m]"
  let statement = "A layer of stride s follows shifts by multiples of s, and no others."

  // Bound: D on the left, C on the right with a grid of the image's size; a shift has no rounding.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let (x, k, factors) = (trial.largeImage("x"), trial.kernel("k"), trial.factors)
    let shifted = x.shifted(by: (trial.shift.y * factors.y, trial.shift.x * factors.x))
    return IdentitySides(
      try circularCorrelation(shifted, k, .direct, stride: factors),
      try circularCorrelation(x, k, .fft, stride: factors).shifted(by: trial.shift), scale: x.norm * k.norm1,
      constant: Rounding.sum(k.count) + Rounding.transform(x.count))
  }
}

struct DilationLaw: Law {
  let name = "dilation"
  let formula = "F(y)[f] = F(x)[f]·F(k)[f mod N/s]*"
  let statement = "A dilated kernel sees s copies of its spectrum: it answers to fine detail as to coarse."

  // Bound: D for the direct sum; T for each of the three transforms, 2 for the product and 1 for the factor
  // 1/N.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let (x, k, factors) = (trial.largeImage("x"), trial.kernel("k"), trial.factors)
    let copies = k.resized(to: trial.size).spectrum.tiled(by: factors)
    return IdentitySides(
      try circularCorrelation(x, k, .direct, dilation: factors), realParts(ifft2(x.spectrum * conjugate(copies))),
      scale: x.norm * k.norm1,
      constant: Rounding.sum(k.count) + 2 * Rounding.transform(x.count) + Rounding.transform(trial.size.count)
        + Rounding.product + 1)
  }
}
