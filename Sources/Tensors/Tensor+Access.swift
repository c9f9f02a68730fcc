extension Tensor {
  /// The elements in row-major order, for reading.
  public var span: Span<Element> {
    @_lifetime(borrow self) @inlinable
    get {
      let (base, count) = (storage.base, storage.count)
      return _overrideLifetime(Span(_unsafeStart: base, count: count), borrowing: self)
    }
  }

  /// The elements in row-major order, for writing.
  public var mutableSpan: MutableSpan<Element> {
    @_lifetime(&self) @inlinable
    mutating get {
      makeUnique()
      let (base, count) = (storage.base, storage.count)
      return _overrideLifetime(MutableSpan(_unsafeStart: base, count: count), mutating: &self)
    }
  }

  /// Calls `body` with the elements in row-major order, for a loop that must not check bounds.
  @inlinable
  public func withUnsafeBufferPointer<Result>(_ body: (UnsafeBufferPointer<Element>) throws -> Result) rethrows
    -> Result
  {
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafeBufferPointer(start: storage.base, count: storage.count))
  }

  /// Calls `body` with the elements in row-major order, for a loop that writes and must not check bounds.
  @inlinable
  public mutating func withUnsafeMutableBufferPointer<Result>(
    _ body: (UnsafeMutableBufferPointer<Element>) throws -> Result
  ) rethrows -> Result {
    makeUnique()
    defer { withExtendedLifetime(storage) {} }
    return try body(UnsafeMutableBufferPointer(start: storage.base, count: storage.count))
  }

  /// Calls `body` with the elements as memory of which several threads may write disjoint parts.
  @inlinable
  public mutating func withDisjointSlices<Result>(_ body: (DisjointSlices<Element>) throws -> Result) rethrows -> Result
  {
    try withUnsafeMutableBufferPointer { try body(DisjointSlices($0)) }
  }

  /// The element at one index per axis.
  @inlinable
  public subscript(_ indices: Int...) -> Element {
    get { storage.base[offset(of: indices)] }
    set {
      makeUnique()
      storage.base[offset(of: indices)] = newValue
    }
  }

  /// The part `range` of the first axis, copied.
  public subscript(rows range: Range<Int>) -> Tensor {
    precondition(
      rank >= 1 && range.lowerBound >= 0 && range.upperBound <= shape[0],
      "expected rows within 0..<\(shape.first ?? 0), got \(range)")
    let stride = rowStride
    return Tensor(shape: [range.count] + shape.dropFirst()) { target in
      withUnsafeBufferPointer { source in
        _ = target.initialize(from: source[range.lowerBound * stride..<range.upperBound * stride])
      }
    }
  }

  /// The given entries of the first axis, in the given order, copied.
  public func gatheringRows(_ indices: [Int]) -> Tensor {
    let stride = rowStride
    return Tensor(shape: [indices.count] + shape.dropFirst()) { target in
      withUnsafeBufferPointer { source in
        for (row, index) in indices.enumerated() {
          precondition(index >= 0 && index < shape[0], "expected a row within 0..<\(shape[0]), got \(index)")
          (target.baseAddress! + row * stride).update(from: source.baseAddress! + index * stride, count: stride)
        }
      }
    }
  }

  /// The number of elements in one entry of the first axis.
  @inlinable public var rowStride: Int { shape.dropFirst().reduce(1, *) }

  @usableFromInline
  mutating func makeUnique() {
    if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
  }

  @usableFromInline
  func offset(of indices: [Int]) -> Int {
    precondition(indices.count == rank, "expected \(rank) indices for shape \(shape), got \(indices.count)")
    var offset = 0
    for (index, size) in zip(indices, shape) {
      precondition(index >= 0 && index < size, "index \(indices) is outside shape \(shape)")
      offset = offset * size + index
    }
    return offset
  }
}
