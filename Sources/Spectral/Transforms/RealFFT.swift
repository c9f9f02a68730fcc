public import Numerics
public import Tensors

/// The half spectrum of each real vector of the last axis: the first N/2 + 1 coefficients of ``fft(_:)``.
///
/// The others are their conjugates: X[N − k] = X[k]*. As `numpy.fft.rfft`.
///
/// - Parameter signal: x, `[…, N]`.
/// - Returns: X, `[…, N / 2 + 1]`.
public func rfft<S: SpectralScalar>(_ signal: Tensor<S>) -> Tensor<Complex<S>> {
  let sizes = transformSizes(signal.shape, axes: 1)
  let plan = TransformPlan<S>(TransformRequest(.realForward, sizes: sizes))
  let half = sizes[0] / 2 + 1
  return transformBatch(signal, itemCount: sizes[0], shape: signal.shape.dropLast() + [half], outputCount: half) {
    plan.realForward($0, $1)
  }
}

/// The inverse of ``rfft(_:)``, with the factor 1/N, as `numpy.fft.irfft`.
///
/// - Parameters:
///   - spectrum: X, `[…, N / 2 + 1]`; the imaginary part of X[0], and for even N of X[N/2], is ignored.
///   - count: N, which the half spectrum alone does not tell: 2·(n − 1) or one more, for n coefficients.
/// - Returns: x, `[…, N]`.
public func irfft<S: SpectralScalar>(_ spectrum: Tensor<Complex<S>>, count: Int) -> Tensor<S> {
  let half = transformSizes(spectrum.shape, axes: 1)[0]
  precondition(count >= 1 && count / 2 + 1 == half, "expected \(count / 2 + 1) coefficients, got \(half)")
  let plan = TransformPlan<S>(TransformRequest(.realBackward, sizes: [count]))
  return transformBatch(
    spectrum, itemCount: half, shape: spectrum.shape.dropLast() + [count], outputCount: count, copiesInput: true
  ) {
    plan.realBackward($0, $1)
    scale($1, count, by: 1 / S(count))
  }
}

/// The half spectrum of each real image of the last two axes, as `numpy.fft.rfft2`.
///
/// - Parameter images: x, `[…, H, W]`.
/// - Returns: X, `[…, H, W / 2 + 1]`, the first columns of ``fft2(_:)``; the others follow from
///   X[H − k, W − l] = X[k, l]*, indices modulo H and W.
public func rfft2<S: SpectralScalar>(_ images: Tensor<S>) -> Tensor<Complex<S>> {
  let sizes = transformSizes(images.shape, axes: 2)
  let plane = PlaneTransform<S>(height: sizes[0], width: sizes[1])
  return transformBatch(
    images, itemCount: plane.realCount, shape: images.shape.dropLast() + [sizes[1] / 2 + 1],
    outputCount: plane.spectrumCount
  ) { plane.forward($0, $1) }
}

/// The inverse of ``rfft2(_:)``, with the factor 1/(H·W), as `numpy.fft.irfft2`.
///
/// - Parameters:
///   - spectra: X, `[…, H, W / 2 + 1]`.
///   - width: W, which the half spectrum alone does not tell.
/// - Returns: x, `[…, H, W]`.
public func irfft2<S: SpectralScalar>(_ spectra: Tensor<Complex<S>>, width: Int) -> Tensor<S> {
  let sizes = transformSizes(spectra.shape, axes: 2)
  precondition(width >= 1 && width / 2 + 1 == sizes[1], "expected \(width / 2 + 1) columns, got \(sizes[1])")
  let plane = PlaneTransform<S>(height: sizes[0], width: width)
  return transformBatch(
    spectra, itemCount: plane.spectrumCount, shape: spectra.shape.dropLast() + [width], outputCount: plane.realCount,
    copiesInput: true
  ) {
    plane.backward($0, $1)
    scale($1, plane.realCount, by: 1 / S(plane.realCount))
  }
}

@specialized(where S == Float)
@specialized(where S == Double)
private func scale<S: SpectralScalar>(_ values: UnsafeMutablePointer<S>, _ count: Int, by factor: S) {
  for index in 0..<count { values[index] *= factor }
}
