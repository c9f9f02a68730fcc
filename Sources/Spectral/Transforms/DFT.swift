public import Numerics
public import Tensors

/// The discrete Fourier transform by its definition, in O(N²): the slow oracle of every transform.
public enum DFT {
  /// X[k] = Σₙ x[n]·exp(−2πi·k·n/N) of each vector of the last axis.
  public static func transform<S: Scalar>(_ signal: Tensor<Complex<S>>) -> Tensor<Complex<S>> {
    alongAxis(signal, signal.rank - 1, isInverse: false)
  }

  /// x[n] = 1/N · Σₖ X[k]·exp(2πi·k·n/N) of each vector of the last axis.
  public static func inverse<S: Scalar>(_ spectrum: Tensor<Complex<S>>) -> Tensor<Complex<S>> {
    alongAxis(spectrum, spectrum.rank - 1, isInverse: true)
  }

  /// X[k, l] = Σ x[m, n]·exp(−2πi·(k·m/H + l·n/W)) of each image of the last two axes.
  public static func transform2<S: Scalar>(_ images: Tensor<Complex<S>>) -> Tensor<Complex<S>> {
    alongAxis(alongAxis(images, images.rank - 1, isInverse: false), images.rank - 2, isInverse: false)
  }

  /// The inverse of ``transform2(_:)``, with the factor 1/(H·W).
  public static func inverse2<S: Scalar>(_ spectra: Tensor<Complex<S>>) -> Tensor<Complex<S>> {
    alongAxis(alongAxis(spectra, spectra.rank - 1, isInverse: true), spectra.rank - 2, isInverse: true)
  }

  private static func alongAxis<S: Scalar>(
    _ input: Tensor<Complex<S>>, _ axis: Int, isInverse: Bool
  ) -> Tensor<Complex<S>> {
    let length = input.shape[axis]
    let stride = input.shape[(axis + 1)...].reduce(1, *)
    let roots = rootsOfUnity(length, isInverse: isInverse, as: S.self)
    let factor = isInverse ? 1 / S(length) : 1
    return Tensor(shape: input.shape) { output in
      input.withUnsafeBufferPointer { input in
        for place in output.indices {
          let k = place / stride % length
          let first = place - k * stride
          var sum = Complex<S>.zero
          for n in 0..<length { sum += input[first + n * stride] * roots[k * n % length] }
          output[place] = sum.multiplied(by: factor)
        }
      }
    }
  }

  /// exp(∓2πi·j/N) for j in 0..<N.
  private static func rootsOfUnity<S: Scalar>(_ count: Int, isInverse: Bool, as precision: S.Type) -> [Complex<S>] {
    (0..<count).map { index in
      let angle = (isInverse ? 2 : -2) * Double.pi * Double(index) / Double(count)
      return Complex(S(Double.cos(angle)), S(Double.sin(angle)))
    }
  }
}
