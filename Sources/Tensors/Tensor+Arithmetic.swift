extension Tensor where Element: Scalar {
  /// A tensor of zeros of the given shape.
  public static func zeros(_ shape: [Int]) -> Tensor {
    Tensor(shape: shape) { $0.baseAddress?.clear(count: $0.count) }
  }

  /// The element-wise sum of two tensors of one shape.
  public static func + (left: Tensor, right: Tensor) -> Tensor { left.combined(with: right, +) }

  /// The element-wise difference of two tensors of one shape.
  public static func - (left: Tensor, right: Tensor) -> Tensor { left.combined(with: right, -) }

  /// The element-wise product of two tensors of one shape.
  public static func * (left: Tensor, right: Tensor) -> Tensor { left.combined(with: right, *) }

  /// Every element times a number.
  public static func * (factor: Element, tensor: Tensor) -> Tensor { tensor.map { factor * $0 } }

  /// Adds another tensor of the same shape in place.
  public static func += (left: inout Tensor, right: Tensor) { left.add(right, times: 1) }

  /// Computes self ← self + factor·other in place.
  ///
  /// - Parameters:
  ///   - other: A tensor of the same shape.
  ///   - factor: What `other` is multiplied by.
  public mutating func add(_ other: Tensor, times factor: Element) {
    precondition(shape == other.shape, "expected shape \(shape), got \(other.shape)")
    withUnsafeMutableBufferPointer { target in
      other.withUnsafeBufferPointer { Element.axpy(factor, $0, target) }
    }
  }

  /// The inner product Σ aᵢ·bᵢ of two tensors of one shape.
  public func dot(_ other: Tensor) -> Element {
    precondition(shape == other.shape, "expected shape \(shape), got \(other.shape)")
    return withUnsafeBufferPointer { a in other.withUnsafeBufferPointer { b in Element.dot(a, b) } }
  }

  /// The sum of all elements.
  public var sum: Element {
    @specialized(where Element == Float)
    @specialized(where Element == Double)
    get { withUnsafeBufferPointer { $0.reduce(0, +) } }
  }

  /// The Euclidean norm √Σ aᵢ², scaled so that it neither overflows nor underflows.
  public var norm: Element {
    @specialized(where Element == Float)
    @specialized(where Element == Double)
    get {
      let largest = maximumMagnitude
      guard largest > 0 && largest.isFinite else { return largest }
      let scaled = withUnsafeBufferPointer { $0.reduce(0) { $0 + ($1 / largest) * ($1 / largest) } }
      return largest * Element.sqrt(scaled)
    }
  }

  /// The largest absolute value, 0 for an empty tensor, NaN when an element is.
  public var maximumMagnitude: Element {
    @specialized(where Element == Float)
    @specialized(where Element == Double)
    get { withUnsafeBufferPointer { $0.reduce(0) { $1.isNaN || $0.isNaN ? .nan : max($0, abs($1)) } } }
  }

  @inlinable
  func combined(with other: Tensor, _ operation: (Element, Element) -> Element) -> Tensor {
    precondition(shape == other.shape, "expected shape \(shape), got \(other.shape)")
    return Tensor(shape: shape) { target in
      withUnsafeBufferPointer { a in
        other.withUnsafeBufferPointer { b in
          for index in target.indices { target[index] = operation(a[index], b[index]) }
        }
      }
    }
  }
}

extension Tensor {
  /// A tensor of the same shape whose elements are `transform` of this one's.
  ///
  /// - Parameter transform: Called once per element, in row-major order.
  /// - Returns: The tensor of the results.
  @inlinable
  public func map<Other>(_ transform: (Element) throws -> Other) rethrows -> Tensor<Other> {
    try Tensor<Other>(shape: shape) { target in
      try withUnsafeBufferPointer { source in
        for index in target.indices { target[index] = try transform(source[index]) }
      }
    }
  }
}
