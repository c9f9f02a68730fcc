internal import Numerics
internal import Tensors

/// The powers of two that keep a convolution from overflowing on the way to a finite result.
///
/// Samples whose largest magnitude lies within a quarter of the exponents round 1 are *ordinary* and used as they are. Any
/// other image, and any other channel of a bank, is scaled so that its largest magnitude is about 1, which is exact but
/// for samples so much smaller that they vanish beside it. The result is scaled back once, by the product of the factors,
/// so that nothing on the way leaves the range that the result itself keeps.
enum SampleRange<S: SpectralScalar> {
  /// Whether samples of this largest magnitude, infinite where one is not finite, are used as they are.
  @specialized(where S == Float)
  @specialized(where S == Double)
  static func isOrdinary(_ largest: S) -> Bool {
    let limit = S(sign: .plus, exponent: S.greatestFiniteMagnitude.exponent / 4 + 1, significand: 1)
    return largest == 0 || (largest < limit && largest > 1 / limit)
  }

  /// The power of two that samples of a finite largest magnitude are divided by.
  static func exponent(of largest: S) -> Int { isOrdinary(largest) ? 0 : Int(largest.exponent) }

  /// Multiplies samples by a power of two.
  @specialized(where S == Float)
  @specialized(where S == Double)
  static func scale(_ samples: UnsafeMutableBufferPointer<S>, byPowerOfTwo power: Int) {
    guard power != 0 else { return }
    for index in samples.indices {
      samples[index] = S(sign: .plus, exponent: S.Exponent(power), significand: samples[index])
    }
  }

  /// Replaces samples that are not finite by zeros, and says how many there were.
  @specialized(where S == Float)
  @specialized(where S == Double)
  static func clean(_ samples: UnsafeMutableBufferPointer<S>) -> Int {
    var count = 0
    for index in samples.indices where !samples[index].isFinite {
      samples[index] = 0
      count += 1
    }
    return count
  }

  static func largestMagnitude(_ samples: UnsafeBufferPointer<S>) -> S {
    samples.baseAddress.map { S.spectralFunctions.loops.largestMagnitude(samples.count, $0) } ?? 0
  }
}
