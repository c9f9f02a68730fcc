internal import Tensors

extension Tensor where Element: Scalar {
  /// The elements in Double precision, without a copy where they are.
  func inDouble() -> Tensor<Double> {
    if let exact = self as? Tensor<Double> { return exact }
    if let single = self as? Tensor<Float> { return single.map { Double($0) } }
    return map { Double($0) }
  }
}

extension Tensor where Element == Double {
  /// The elements rounded to a precision, without a copy where it is Double.
  func rounded<S: Scalar>(to precision: S.Type) -> Tensor<S> {
    if let exact = self as? Tensor<S> { return exact }
    if let single = map({ Float($0) }) as? Tensor<S> { return single }
    return map { S($0) }
  }
}
