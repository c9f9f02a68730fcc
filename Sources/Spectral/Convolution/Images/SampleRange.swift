internal import Numerics
internal import Tensors

/// How large the samples of an image or kernel are, and the power of two that keeps their convolution from overflowing.
///
/// A tensor whose largest magnitude lies within a quarter of the exponents round 1 is used as it is. Any other is scaled
/// so that its largest magnitude is about 1, which is exact but for samples so much smaller that they vanish beside it.
/// The result is scaled back once, by the product of the factors of image and kernel, so that nothing on the way leaves
/// the range that the result itself keeps.
struct SampleRange<S: SpectralScalar>: Sendable {
  /// Whether every sample is finite.
  let isFinite: Bool
  private let exponent: Int

  init(of tensor: Tensor<S>) {
    let largest = tensor.withUnsafeBufferPointer {
      $0.baseAddress.map { S.spectralFunctions.loops.largestMagnitude(tensor.count, $0) } ?? 0
    }
    isFinite = largest.isFinite
    let limit = S.greatestFiniteMagnitude.exponent / 4
    let magnitude = largest.isFinite && largest > 0 ? Int(largest.exponent) : 0
    exponent = abs(magnitude) <= Int(limit) ? 0 : magnitude
  }

  func normalized(_ tensor: Tensor<S>) -> Tensor<S> { exponent == 0 ? tensor : scaled(tensor, -exponent) }

  /// Scales the convolution of two normalized tensors back.
  func restore(_ tensor: inout Tensor<S>, with other: SampleRange) {
    let power = exponent + other.exponent
    if power != 0 { tensor = scaled(tensor, power) }
  }

  private func scaled(_ tensor: Tensor<S>, _ power: Int) -> Tensor<S> {
    tensor.map { S(sign: .plus, exponent: S.Exponent(power), significand: $0) }
  }
}
