internal import Numerics
internal import Tensors

extension IdentityFamily {
  /// Convolution as a product of matrices.
  static let matrices = IdentityFamily("Matrices", [CirculantLaw(), ToeplitzLaw(), ColumnsLaw()])
}

struct CirculantLaw: Law {
  let name = "circulant"
  let formula = "F·C·F⁻¹ = diag(F(k)), C x = x ⊛ k"
  let statement = "Waves are the eigenvectors of every circular convolution; its eigenvalues are the kernel's spectrum."
  let largestCount = 256

  // Bound: the matrix has Frobenius norm √N·‖k‖₂, which F·□·F⁻¹ keeps. Two transforms on the left, one on the
  // right.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) -> IdentitySides<S> {
    let k = trial.kernel("k")
    let count = trial.size.count
    let spectrum = k.resized(to: trial.size).spectrum.reshaped([count])
    let diagonal = spectrum.reshaped([count, 1]).rearranged(to: ImageSize(count, count)) { $0 == $1 ? ($0, 0) : nil }
    return IdentitySides(
      diagonalized(circulantMatrix(k, on: trial.size), trial.size), diagonal, scale: S.sqrt(S(count)) * k.norm,
      constant: 3 * Rounding.transform(count))
  }

  /// (F·C·F⁻¹)ᵀ: the rows of C transformed back, then its columns forth.
  private func diagonalized<S: SpectralScalar>(_ matrix: Tensor<S>, _ size: ImageSize) -> Tensor<Complex<S>> {
    let batch = [size.count, size.height, size.width]
    let square = ImageSize(size.count, size.count)
    let rows = ifft2(matrix.complex.reshaped(batch)).reshaped(square.shape)
    return fft2(rows.rearranged(to: square) { ($1, $0) }.reshaped(batch)).reshaped(square.shape)
  }
}

struct ToeplitzLaw: Law {
  let name = "toeplitz"
  let formula = "vec(x ∗ k) = T·vec(x), T[i, j] = k[i − j]"
  let statement = "A linear convolution is a matrix with constant diagonals: doubly block Toeplitz."
  let largestCount = 256

  // Bound: the matrix adds the same products as the direct sum, with zeros between.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let (x, k) = (trial.image("x"), trial.kernel("k"))
    let left = try linearConvolution(x, k, .fft)
    let right = toeplitzMatrix(k, on: trial.size).matrixProduct(x.reshaped([x.count, 1]))
    return IdentitySides(
      left, right.reshaped(left.shape), scale: x.norm * k.norm1,
      constant: Rounding.fftConvolution(x, k) + Rounding.sum(k.count))
  }
}

struct ColumnsLaw: Law {
  let name = "im2col"
  let formula = "K ⋆ x = [K]·im2col(x)"
  let statement = "A layer is one product of the bank's matrix with the matrix of the image's windows."

  // Bound: C on the left; on the right each output is a sum of the C·kh·kw products of a filter.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S> {
    let layer = try IdentityLayer(trial)
    let (x, k) = (layer.images, layer.bank)
    return IdentitySides(
      try layer.plan(.fft).forward(x, k), try layer.plan(.im2col).forward(x, k), scale: x.norm * k.norm1,
      constant: Rounding.fftConvolution(x, k) + Rounding.sum(k.rowStride))
  }
}
