internal import Numerics
internal import Tensors

/// What the atoms of a ``GaborFrame`` have in common that differ by their place alone: a Gaussian, with stripes unless it
/// has no direction.
struct GaborKind: Equatable, Sendable {
  let scale: Int
  /// In units of 45°.
  let direction: Int?
  let isSine: Bool

  var band: String { direction.map { "scale \(scale) \(45 * $0)°" } ?? "mean" }

  var name: String { band + (direction == nil ? "" : isSine ? " sin" : " cos") }

  /// The pixels from place to place.
  var step: Int { direction == nil ? 1 << scale : 2 << scale }

  func placeCount(height: Int, width: Int) -> Int {
    ((height + step - 1) / step) * ((width + step - 1) / step)
  }

  /// The kinds that do not vanish on the pixels, in the order of the frame.
  static func all(height: Int, width: Int) -> [GaborKind] {
    let scales = max(1, Int.bitWidth - 2 - max(height, width).leadingZeroBitCount)
    let waves = (0..<scales).reversed().flatMap { scale in
      (0..<4).flatMap { direction in
        [false, true].map { GaborKind(scale: scale, direction: direction, isSine: $0) }
      }
    }
    return [GaborKind(scale: scales, direction: nil, isSine: false)]
      + waves.filter { Tensor($0.samples(height: height, width: width)).norm > 1e-9 }
  }

  /// The atom at place (0, 0), row by row, divided by its norm.
  func values(height: Int, width: Int) -> [Double] {
    let samples = samples(height: height, width: width)
    let norm = Tensor(samples).norm
    return samples.map { $0 / norm }
  }

  /// The cosine or the sine of the sum of both axes' phases, which is a part of the product of their waves.
  private func samples(height: Int, width: Int) -> [Double] {
    let angle = Double.pi * Double(direction ?? 0) / 4
    let frequency = direction == nil ? 0 : 0.75 * Double.pi / Double(1 << scale)
    let alongY = periodicWave(height, frequency: frequency * Double.sin(angle))
    let alongX = periodicWave(width, frequency: frequency * Double.cos(angle))
    return alongY.flatMap { y in alongX.map { isSine ? (y * $0).imaginary : (y * $0).real } }
  }

  /// exp(−t²/2σ²)·exp(iξt) at t = 0…n − 1 and all periods of n that are within six widths.
  private func periodicWave(_ count: Int, frequency: Double) -> [Complex<Double>] {
    let width = 0.8 * Double(1 << scale)
    let periods = Int(6 * width) / count + 2
    return (0..<count).map { point in
      (-periods...periods).reduce(Complex<Double>.zero) { sum, period in
        let t = Double(point + period * count)
        return sum + Complex(length: Double.exp(-t * t / (2 * width * width)), phase: frequency * t)
      }
    }
  }
}
