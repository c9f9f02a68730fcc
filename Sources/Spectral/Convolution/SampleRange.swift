internal import Numerics
internal import Tensors

/// How large the samples of an image or kernel are, and the power of two that keeps their convolution from overflowing.
///
/// A tensor whose largest magnitude lies within a quarter of the exponents round 1 is used as it is. Any other is scaled
/// to about 1, and the result scaled back, both exactly.
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

  func restore(_ tensor: inout Tensor<S>) {
    if exponent != 0 { tensor = scaled(tensor, exponent) }
  }

  private func scaled(_ tensor: Tensor<S>, _ power: Int) -> Tensor<S> {
    tensor.map { S(sign: .plus, exponent: S.Exponent(power), significand: $0) }
  }
}
