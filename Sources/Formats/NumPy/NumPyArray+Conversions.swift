import Tensors

extension NumPyArray {
  /// The numbers in the precision of the caller, rounded where that is lower; truth values become 0 and 1.
  ///
  /// - Parameter type: `Float` or `Double`.
  /// - Returns: A tensor of the same shape.
  /// - Throws: ``InputError`` where the elements are complex or text.
  public func tensor<S: Scalar>(as type: S.Type = S.self) throws -> Tensor<S> {
    guard elementType.isReal else { throw mismatch("real numbers") }
    return Tensor(shape: shape) { target in
      bytes.withUnsafeBytes { elementType.convert($0, into: target) }
    }
  }

  /// The elements as integers, exactly.
  ///
  /// - Returns: The elements in row-major order; truth values are 0 and 1.
  /// - Throws: ``InputError`` naming the first element that is not a whole number, or does not fit; or where the elements
  ///   are complex or text.
  public func integers() throws -> [Int] {
    switch elementType {
    case .bool: converted { (value: UInt8) in value == 0 ? 0 : 1 }.elements
    case .int8: converted { (value: Int8) in Int(value) }.elements
    case .int16: converted { (value: Int16) in Int(value) }.elements
    case .int32: converted { (value: Int32) in Int(value) }.elements
    case .int64: converted { (value: Int64) in Int(value) }.elements
    case .uint8: converted { (value: UInt8) in Int(value) }.elements
    case .uint16: converted { (value: UInt16) in Int(value) }.elements
    case .uint32: converted { (value: UInt32) in Int(value) }.elements
    case .uint64: try exactIntegers { (value: UInt64) in Int(exactly: value) }
    case .float16: try exactIntegers { (value: Float16) in Int(exactly: value) }
    case .float32: try exactIntegers { (value: Float) in Int(exactly: value) }
    case .float64: try exactIntegers { (value: Double) in Int(exactly: value) }
    case .complex64, .complex128, .unicode, .byteString: throw mismatch("integers")
    }
  }

  /// The elements as text, without the zeros that pad them.
  ///
  /// - Returns: The elements in row-major order.
  /// - Throws: ``InputError`` where the elements are not text, or not valid Unicode (byte strings are read as UTF-8).
  public func strings() throws -> [String] {
    guard elementType.isText else { throw mismatch("text") }
    let width = elementType.byteCount
    return try (0..<count).map { index in
      let element = bytes[bytes.startIndex + index * width..<bytes.startIndex + (index + 1) * width]
      guard let text = elementType.swappedUnit == 4 ? Self.textOfScalars(element) : Self.textOfBytes(element) else {
        throw InputError(origin, "element \(indexDescription(index)) is not valid Unicode text")
      }
      return text
    }
  }

  @inline(__always)
  private func converted<Source: BitwiseCopyable, Target>(_ convert: (Source) -> Target) -> Tensor<Target> {
    Tensor(shape: shape) { target in bytes.withUnsafeBytes { convertEach($0, target, convert) } }
  }

  @inline(__always)
  private func exactIntegers<Source: BitwiseCopyable>(_ convert: (Source) -> Int?) throws -> [Int] {
    try bytes.withUnsafeBytes { source in
      try (0..<count).map { index in
        let value = source.loadUnaligned(fromByteOffset: index * MemoryLayout<Source>.stride, as: Source.self)
        guard let integer = convert(value) else {
          throw InputError(origin, "expected integers, found \(value) at index \(indexDescription(index))")
        }
        return integer
      }
    }
  }

  private static func textOfScalars(_ bytes: ArraySlice<UInt8>) -> String? {
    let codes = bytes.withUnsafeBytes { buffer in
      stride(from: 0, to: buffer.count, by: 4).map { buffer.loadUnaligned(fromByteOffset: $0, as: UInt32.self) }
    }
    var text = String.UnicodeScalarView()
    for code in codes[...(codes.lastIndex { $0 != 0 } ?? -1)] {
      guard let scalar = Unicode.Scalar(code) else { return nil }
      text.append(scalar)
    }
    return String(text)
  }

  private static func textOfBytes(_ bytes: ArraySlice<UInt8>) -> String? {
    String(validating: bytes[..<((bytes.lastIndex { $0 != 0 } ?? bytes.startIndex - 1) + 1)], as: UTF8.self)
  }

  private func mismatch(_ expected: String) -> InputError {
    InputError(origin, "expected \(expected), found an array of \(elementType) with shape \(shape)")
  }

  private func indexDescription(_ flat: Int) -> String {
    var rest = flat
    var indices: [Int] = []
    for size in shape.reversed() {
      indices.append(rest % size)
      rest /= size
    }
    return "[\(indices.reversed().map(String.init).joined(separator: ", "))]"
  }
}
