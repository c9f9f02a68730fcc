import Tensors

/// The relative distance ‖a − b‖₂ / max(‖b‖₂, floor) between two tensors of one shape; infinite where shapes differ.
///
/// - Parameters:
///   - actual: What was computed.
///   - expected: What the oracle says.
///   - floor: The smallest norm that the distance is divided by.
/// - Returns: The distance.
public func relativeError<S: Scalar>(_ actual: Tensor<S>, _ expected: Tensor<S>, floor: S = 1e-30) -> S {
  guard actual.shape == expected.shape else { return .infinity }
  return (actual - expected).norm / max(expected.norm, floor)
}

/// A tensor of independent standard normal numbers.
///
/// - Parameters:
///   - shape: The size of each axis.
///   - seed: The seed; print it when a test fails.
///   - type: The precision.
/// - Returns: The tensor.
public func randomTensor<S: Scalar>(_ shape: [Int], seed: UInt64, as type: S.Type = S.self) -> Tensor<S> {
  var stream = RandomStream(seed: seed)
  return Tensor<Double>.zeros(shape).map { _ in S(stream.normal()) }
}
