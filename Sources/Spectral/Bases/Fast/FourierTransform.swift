internal import Numerics
internal import Tensors

/// The coefficients of the real Fourier basis by FFTW's real transform.
struct FourierTransform: TransformAlgorithm {
  let height: Int
  let width: Int
  /// The atoms in order.
  let waves: [FourierWave]

  /// 1.25·n·log₂ n for the real transform of n = H·W pixels, and n for the scales.
  var operations: Double {
    let count = Double(height * width)
    return 1.25 * count * Double.log2(count) + count
  }

  func analyze<S: SpectralScalar>(_ images: Tensor<S>, count: Int) -> Tensor<S> {
    let plane = PlaneTransform<S>(height: height, width: width)
    let gather = ScaledGather<S>(
      waves.prefix(count).map { wave in
        let amplitude = wave.amplitude(pixelCount: height * width)
        return (place(wave.frequency, isSine: wave.isSine), wave.isSine ? -amplitude : amplitude)
      })
    return transformRows(images, count: count, scratch: pitch + numberCount) { image, coefficients, memory in
      let spectrum = memory + pitch
      let source = UnsafeMutablePointer(mutating: image)
      if isAligned(source) {
        plane.forward(source, complexPointer(spectrum))
      } else {
        memory.update(from: image, count: height * width)
        plane.forward(memory, complexPointer(spectrum))
      }
      gather(spectrum, coefficients)
    }
  }

  func synthesize<S: SpectralScalar>(_ coefficients: Tensor<S>) -> Tensor<S> {
    let plane = PlaneTransform<S>(height: height, width: width)
    let gather = ScaledGather<S>(spectrumEntries(count: coefficients.shape[1]))
    return transformRows(coefficients, count: height * width, scratch: pitch + numberCount) { row, image, memory in
      let spectrum = memory + pitch
      gather(row, spectrum)
      plane.backward(complexPointer(spectrum), memory)
      image.update(from: memory, count: height * width)
    }.reshaped([coefficients.shape[0], height, width])
  }

  /// Which coefficient each number of the half spectrum comes from: X[k] = ½a(c − is), and its conjugate at −k.
  private func spectrumEntries(count: Int) -> [(place: Int, scale: Double)] {
    var entries = [(place: Int, scale: Double)](repeating: (0, 0), count: numberCount)
    for (index, wave) in waves.prefix(count).enumerated() {
      let (y, x) = wave.frequency
      let amplitude = wave.amplitude(pixelCount: height * width) * (wave.isSelfConjugate ? 1 : 0.5)
      if x == 0 || 2 * x == width { entries[place((-y, x), isSine: wave.isSine)] = (index, amplitude) }
      entries[place((y, x), isSine: wave.isSine)] = (index, wave.isSine ? -amplitude : amplitude)
    }
    return entries
  }

  /// Where the real or imaginary part of a frequency lies in the half spectrum.
  private func place(_ frequency: (y: Int, x: Int), isSine: Bool) -> Int {
    let row = (frequency.y + height) % height
    return 2 * (row * (width / 2 + 1) + frequency.x) + (isSine ? 1 : 0)
  }

  /// The numbers of a half spectrum.
  private var numberCount: Int { 2 * height * (width / 2 + 1) }

  /// The numbers from an aligned plane to the spectrum behind it.
  private var pitch: Int { (height * width + 15) / 16 * 16 }
}
