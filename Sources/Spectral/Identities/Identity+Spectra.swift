internal import Numerics
internal import Tensors

// Identities between an operation on images and one on spectra. In a bound, each transform contributes
// `transformConstant` and each direct sum `directConstant`, the constants of the module's page.
extension Identity {
  static func circularConvolution<S: SpectralScalar>(_ trial: IdentityTrial, as _: S.Type) -> IdentityOutcome {
    let (x, k): (Tensor<S>, Tensor<S>) = (trial.image("x"), trial.image("k"))
    let full = definitely { try convolve(x, k, mode: .full, boundary: .circular, method: .direct) }
    return compare(
      crop(full, top: 0, left: 0, trial.size), x, k, with: product(spectrum(x), spectrum(k)), trial)
  }

  static func correlation<S: SpectralScalar>(_ trial: IdentityTrial, as _: S.Type) -> IdentityOutcome {
    let (x, k): (Tensor<S>, Tensor<S>) = (trial.image("x"), trial.image("k"))
    let full = definitely { try crossCorrelate(x, k, mode: .full, boundary: .circular, method: .direct) }
    return compare(
      crop(full, top: trial.size.height - 1, left: trial.size.width - 1, trial.size), x, k,
      with: product(spectrum(x), spectrum(k).map(\.conjugate)), trial)
  }

  static func linearConvolution<S: SpectralScalar>(_ trial: IdentityTrial, as _: S.Type) -> IdentityOutcome {
    let (x, k): (Tensor<S>, Tensor<S>) = (trial.image("x"), trial.kernel("k"))
    let direct = definitely { try convolve(x, k, mode: .full, boundary: .zero, method: .direct) }
    let size = ImageSize(direct.shape[0], direct.shape[1])
    return IdentityOutcome(
      direct, irfft2(product(rfft2(pad(x, to: size)), rfft2(pad(k, to: size))), width: size.width),
      scale: x.norm * l1(k), constant: 3 * transformConstant(size.count) + directConstant(k.count), trial)
  }

  /// The energies differ by twice the relative error of the spectrum, and by the rounding of the two sums.
  static func parseval<S: SpectralScalar>(_ trial: IdentityTrial, as _: S.Type) -> IdentityOutcome {
    let x: Tensor<S> = trial.image("x")
    let values = numbers(spectrum(x))
    let energy = x.dot(x)
    return IdentityOutcome(
      Tensor([energy]), Tensor([values.dot(values) / S(x.count)]), scale: energy,
      constant: 2 * transformConstant(x.count) + 2 * directConstant(2 * x.count), trial)
  }

  static func shift<S: SpectralScalar>(_ trial: IdentityTrial, as _: S.Type) -> IdentityOutcome {
    let x: Tensor<S> = trial.image("x")
    let (height, width) = (trial.size.height, trial.size.width)
    let (down, right) = (height / 2 + 1, width / 3 + 1)
    let samples = x.elements
    let shifted = Tensor<S>(shape: x.shape) { target in
      for i in target.indices {
        let (row, column) = (i / width - down + 2 * height, i % width - right + 2 * width)
        target[i] = samples[row % height * width + column % width]
      }
    }
    let phases = Tensor<Complex<S>>(shape: x.shape) { target in
      for i in target.indices {
        let turns = Double(i / width * down % height) / Double(height)
        let angle = -2 * Double.pi * (turns + Double(i % width * right % width) / Double(width))
        target[i] = Complex(S(Double.cos(angle)), S(Double.sin(angle)))
      }
    }
    return IdentityOutcome(
      numbers(spectrum(shifted)), numbers(product(spectrum(x), phases)), scale: S.sqrt(S(x.count)) * x.norm,
      constant: 2 * transformConstant(x.count) + 2, trial)
  }

  /// Compares the spectrum of a circular sum over all samples of a kernel with a product of spectra.
  private static func compare<S: SpectralScalar>(
    _ sum: Tensor<S>, _ x: Tensor<S>, _ k: Tensor<S>, with product: Tensor<Complex<S>>, _ trial: IdentityTrial
  ) -> IdentityOutcome {
    IdentityOutcome(
      numbers(spectrum(sum)), numbers(product), scale: S.sqrt(S(x.count)) * x.norm * l1(k),
      constant: 3 * transformConstant(x.count) + directConstant(k.count), trial)
  }

  private static func spectrum<S: SpectralScalar>(_ image: Tensor<S>) -> Tensor<Complex<S>> {
    fft2(image.map { Complex($0) })
  }

  private static func product<S: SpectralScalar>(
    _ left: Tensor<Complex<S>>, _ right: Tensor<Complex<S>>
  ) -> Tensor<Complex<S>> {
    Tensor(zip(left.elements, right.elements).map { $0 * $1 }, shape: left.shape)
  }

  private static func numbers<S: SpectralScalar>(_ values: Tensor<Complex<S>>) -> Tensor<S> {
    Tensor(values.elements.flatMap { [$0.real, $0.imaginary] })
  }

  private static func pad<S: SpectralScalar>(_ image: Tensor<S>, to size: ImageSize) -> Tensor<S> {
    var padded = Tensor<S>.zeros([size.height, size.width])
    for row in 0..<image.shape[0] {
      for column in 0..<image.shape[1] { padded[row, column] = image[row, column] }
    }
    return padded
  }

  private static func crop<S: SpectralScalar>(
    _ image: Tensor<S>, top: Int, left: Int, _ size: ImageSize
  ) -> Tensor<S> {
    let (samples, stride) = (image.elements, image.shape[1])
    return Tensor(shape: [size.height, size.width]) { target in
      for i in target.indices { target[i] = samples[(top + i / size.width) * stride + left + i % size.width] }
    }
  }
}
