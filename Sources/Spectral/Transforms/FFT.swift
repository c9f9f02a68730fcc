public import Numerics
public import Tensors

/// The discrete Fourier transform of each vector of the last axis.
///
/// X[k] = Σₙ x[n]·exp(−2πi·k·n/N), in O(N log N) for every N ≥ 1; batched over the leading axes. As `numpy.fft.fft`.
///
/// - Parameter signal: x, `[…, N]`.
/// - Returns: X, of the same shape.
public func fft<S: SpectralScalar>(_ signal: Tensor<Complex<S>>) -> Tensor<Complex<S>> {
  transformComplex(signal, axes: 1, isInverse: false)
}

/// The inverse of ``fft(_:)``, as `numpy.fft.ifft`.
///
/// x[n] = 1/N · Σₖ X[k]·exp(2πi·k·n/N).
///
/// - Parameter spectrum: X, `[…, N]`.
/// - Returns: x, of the same shape.
public func ifft<S: SpectralScalar>(_ spectrum: Tensor<Complex<S>>) -> Tensor<Complex<S>> {
  transformComplex(spectrum, axes: 1, isInverse: true)
}

/// The discrete Fourier transform of each image of the last two axes, as `numpy.fft.fft2`.
///
/// - Parameter images: x, `[…, H, W]`.
/// - Returns: X[k, l] = Σ x[m, n]·exp(−2πi·(k·m/H + l·n/W)), of the same shape.
public func fft2<S: SpectralScalar>(_ images: Tensor<Complex<S>>) -> Tensor<Complex<S>> {
  transformComplex(images, axes: 2, isInverse: false)
}

/// The inverse of ``fft2(_:)``, with the factor 1/(H·W), as `numpy.fft.ifft2`.
///
/// - Parameter spectra: X, `[…, H, W]`.
/// - Returns: x, of the same shape.
public func ifft2<S: SpectralScalar>(_ spectra: Tensor<Complex<S>>) -> Tensor<Complex<S>> {
  transformComplex(spectra, axes: 2, isInverse: true)
}

private func transformComplex<S: SpectralScalar>(
  _ input: Tensor<Complex<S>>, axes: Int, isInverse: Bool
) -> Tensor<Complex<S>> {
  let sizes = transformSizes(input.shape, axes: axes)
  let count = sizes.reduce(1, *)
  let plan = TransformPlan<S>(TransformRequest(isInverse ? .backward : .forward, sizes: sizes))
  return transformBatch(input, itemCount: count, shape: input.shape, outputCount: count) { from, to in
    plan.complex(from, to)
    if isInverse { scale(to, count, by: 1 / S(count)) }
  }
}

/// The last `axes` sizes of a shape, checked.
func transformSizes(_ shape: [Int], axes: Int) -> [Int] {
  precondition(
    shape.count >= axes && shape.suffix(axes).allSatisfy { $0 >= 1 },
    "expected at least \(axes) axes of at least 1 element to transform, got shape \(shape)")
  return Array(shape.suffix(axes))
}

/// Multiplies complex numbers by a real one.
@specialized(where S == Float)
@specialized(where S == Double)
private func scale<S: SpectralScalar>(_ values: UnsafeMutablePointer<Complex<S>>, _ count: Int, by factor: S) {
  for index in 0..<count { values[index] = values[index].multiplied(by: factor) }
}
