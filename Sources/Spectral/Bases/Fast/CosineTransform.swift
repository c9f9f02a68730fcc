internal import Numerics
internal import Tensors

/// The two-dimensional DCT-II and its inverse by FFTW.
struct CosineTransform: TransformAlgorithm {
  let height: Int
  let width: Int
  /// u and v of each coefficient, in order.
  let frequencies: [(y: Int, x: Int)]

  /// 1.25·n·log₂ n for a real transform of n = H·W pixels, as FFTW takes one for each axis, and 2n for the turns and
  /// scales.
  var operations: Double {
    let count = Double(height * width)
    return 1.25 * count * Double.log2(count) + 2 * count
  }

  func analyze<S: SpectralScalar>(_ images: Tensor<S>, count: Int) -> Tensor<S> {
    let plan = TransformPlan<S>(TransformRequest(.cosineForward, sizes: [height, width]))
    // FFTW gives 4·Σ; an orthonormal cosine has √(2/n), or √(1/n) for the constant.
    let gather = ScaledGather<S>(frequencies.prefix(count).map { (place($0), scale($0) / 4) })
    return transformRows(images, count: count, scratch: 2 * pitch) { image, coefficients, memory in
      memory.update(from: image, count: height * width)
      plan.real(memory, memory + pitch)
      gather(memory + pitch, coefficients)
    }
  }

  func synthesize<S: SpectralScalar>(_ coefficients: Tensor<S>) -> Tensor<S> {
    let count = coefficients.shape[1]
    let plan = TransformPlan<S>(TransformRequest(.cosineBackward, sizes: [height, width]))
    var entries = [(place: Int, scale: Double)](repeating: (0, 0), count: height * width)
    for (index, frequency) in frequencies.prefix(count).enumerated() {
      // FFTW's sum has the factor 2 for every cosine but the constant.
      let halves: Double = (frequency.y == 0 ? 1 : 0.5) * (frequency.x == 0 ? 1 : 0.5)
      entries[place(frequency)] = (index, halves * scale(frequency))
    }
    let gather = ScaledGather<S>(entries)
    return transformRows(coefficients, count: height * width, scratch: 2 * pitch) { coefficients, image, memory in
      gather(coefficients, memory)
      plan.real(memory, memory + pitch)
      image.update(from: memory + pitch, count: height * width)
    }.reshaped([coefficients.shape[0], height, width])
  }

  /// The numbers from one aligned plane to the next.
  private var pitch: Int { (height * width + 15) / 16 * 16 }

  private func place(_ frequency: (y: Int, x: Int)) -> Int { frequency.y * width + frequency.x }

  /// The product of the two amplitudes.
  private func scale(_ frequency: (y: Int, x: Int)) -> Double {
    ((frequency.y == 0 ? 1 : 2) * (frequency.x == 0 ? 1 : 2) / Double(height * width)).squareRoot()
  }
}
