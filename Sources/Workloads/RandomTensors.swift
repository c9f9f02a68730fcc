import Tensors

extension Tensor where Element: Scalar {
  /// Independent normal numbers.
  static func normal(_ shape: [Int], _ stream: RandomStream) -> Tensor {
    var stream = stream
    return Tensor(shape: shape) { target in
      for index in target.indices { target.initializeElement(at: index, to: Element(stream.normal())) }
    }
  }

  /// ‖self − other‖₂ / ‖self‖₂.
  func relativeDifference(from other: Tensor) -> Double { Double((self - other).norm) / Double(norm) }
}
