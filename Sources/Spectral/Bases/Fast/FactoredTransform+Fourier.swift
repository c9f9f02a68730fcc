internal import Numerics
internal import Tensors

extension FactoredTransform {
  /// The real Fourier basis of a small image: the real Fourier functions of each axis, then cos(α ± β) and sin(α ± β)
  /// from the products of their cosines and sines.
  ///
  /// - Parameters:
  ///   - waves: The atoms in order.
  ///   - height: H.
  ///   - width: W.
  init(fourier waves: [FourierWave], height: Int, width: Int) {
    let axes = (y: RealFourierAxis(count: height), x: RealFourierAxis(count: width))
    self.init(
      alongY: axes.y.factors, alongX: axes.x.factors, height: height, width: width, pairs: [(0, 0)])
    let rows = waves.map { wave in
      Self.products(wave, axes.y, axes.x).map {
        SparseMatrix.Entry(column: $0.y * width + $0.x, weight: $0.weight)
      }
    }
    append(SparseMatrix(rows: rows))
  }

  /// An atom as a sum of products of the functions of y and x.
  private static func products(
    _ wave: FourierWave, _ alongY: RealFourierAxis, _ alongX: RealFourierAxis
  ) -> [(y: Int, x: Int, weight: Double)] {
    let (ky, kx) = (abs(wave.frequency.y), wave.frequency.x)
    let (cosines, sines) = ((y: alongY.cosine(ky), x: alongX.cosine(kx)), (y: alongY.sine(ky), x: alongX.sine(kx)))
    let sign: Double = wave.frequency.y < 0 ? -1 : 1
    switch (sines.y, sines.x) {
    case (let sineY?, let sineX?):
      let weight = Double.sqrt(0.5)
      return wave.isSine
        ? [(sineY, cosines.x, sign * weight), (cosines.y, sineX, weight)]
        : [(cosines.y, cosines.x, weight), (sineY, sineX, -sign * weight)]
    case (let sineY?, nil): return [(wave.isSine ? sineY : cosines.y, cosines.x, 1)]
    case (nil, let sineX?): return [(cosines.y, wave.isSine ? sineX : cosines.x, 1)]
    case (nil, nil): return [(cosines.y, cosines.x, 1)]
    }
  }
}

/// The orthonormal cosines and sines of n points in turns: 1, cos 1, sin 1, cos 2, and so on.
private struct RealFourierAxis {
  let count: Int

  /// The place of the cosine of k cycles.
  func cosine(_ frequency: Int) -> Int { max(0, 2 * frequency - 1) }

  /// The place of the sine of k cycles, where there is one.
  func sine(_ frequency: Int) -> Int? { frequency == 0 || 2 * frequency == count ? nil : 2 * frequency }

  var factors: [SparseMatrix] { SparseMatrix.folding(functions) { (count - $0) % count } }

  private var functions: Tensor<Double> {
    Tensor(shape: [count, count]) { target in
      for row in 0..<count {
        let frequency = (row + 1) / 2
        let amplitude = ((sine(frequency) == nil ? 1 : 2) / Double(count)).squareRoot()
        for point in 0..<count {
          let turns = frequency * point % count
          let angle = 2 * .pi * Double(2 * turns > count ? turns - count : turns) / Double(count)
          target[row * count + point] = amplitude * (row == cosine(frequency) ? Double.cos(angle) : Double.sin(angle))
        }
      }
    }
  }
}
