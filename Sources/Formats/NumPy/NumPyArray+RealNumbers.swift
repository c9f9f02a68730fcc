import Tensors

extension NumPyArray.ElementType {
  /// Whether the elements are truth values, integers or real numbers.
  var isReal: Bool {
    switch self {
    case .complex64, .complex128, .unicode, .byteString: false
    default: true
    }
  }

  /// Converts elements in memory, rounding where the target's precision is lower; truth values become 0 and 1.
  ///
  /// Traps unless the elements are real.
  ///
  /// - Parameters:
  ///   - source: The elements, little-endian, one after the other.
  ///   - target: Receives as many numbers.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func convert<S: Scalar>(_ source: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<S>) {
    switch self {
    case .bool: convertEach(source, target) { (value: UInt8) in value == 0 ? 0 : 1 }
    case .int8: convertEach(source, target) { (value: Int8) in S(value) }
    case .int16: convertEach(source, target) { (value: Int16) in S(value) }
    case .int32: convertEach(source, target) { (value: Int32) in S(value) }
    case .int64: convertEach(source, target) { (value: Int64) in S(value) }
    case .uint8: convertEach(source, target) { (value: UInt8) in S(value) }
    case .uint16: convertEach(source, target) { (value: UInt16) in S(value) }
    case .uint32: convertEach(source, target) { (value: UInt32) in S(value) }
    case .uint64: convertEach(source, target) { (value: UInt64) in S(value) }
    case .float16: convertEach(source, target) { (value: Float16) in S(value) }
    case .float32: convertEach(source, target) { (value: Float) in S(value) }
    case .float64: convertEach(source, target) { (value: Double) in S(value) }
    case .complex64, .complex128, .unicode, .byteString: preconditionFailure("expected real numbers, got \(self)")
    }
  }
}

/// Reads elements one after the other and writes what becomes of each.
@inline(__always)
func convertEach<Source: BitwiseCopyable, Target>(
  _ source: UnsafeRawBufferPointer, _ target: UnsafeMutableBufferPointer<Target>, _ convert: (Source) -> Target
) {
  precondition(
    source.count == target.count * MemoryLayout<Source>.stride,
    "expected \(target.count) elements, got \(source.count) bytes")
  for index in target.indices {
    target[index] = convert(source.loadUnaligned(fromByteOffset: index * MemoryLayout<Source>.stride, as: Source.self))
  }
}
