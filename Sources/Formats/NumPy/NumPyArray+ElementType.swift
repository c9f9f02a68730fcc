extension NumPyArray {
  /// The type of an array's elements, NumPy's `dtype`.
  public enum ElementType: Hashable, Sendable {
    /// One byte, 0 or 1.
    case bool
    /// A signed integer of 8 bits.
    case int8
    /// A signed integer of 16 bits.
    case int16
    /// A signed integer of 32 bits.
    case int32
    /// A signed integer of 64 bits.
    case int64
    /// An unsigned integer of 8 bits.
    case uint8
    /// An unsigned integer of 16 bits.
    case uint16
    /// An unsigned integer of 32 bits.
    case uint32
    /// An unsigned integer of 64 bits.
    case uint64
    /// IEEE half precision.
    case float16
    /// IEEE single precision.
    case float32
    /// IEEE double precision.
    case float64
    /// Two single-precision numbers, real and imaginary part.
    case complex64
    /// Two double-precision numbers, real and imaginary part.
    case complex128
    /// Text of at most so many Unicode scalars, padded with zeros (`U`).
    case unicode(length: Int)
    /// Text of at most so many bytes, padded with zeros (`S`).
    case byteString(length: Int)
  }
}

extension NumPyArray.ElementType {
  /// The number of bytes of one element.
  public var byteCount: Int {
    switch self {
    case .bool, .int8, .uint8: 1
    case .int16, .uint16, .float16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64, .complex64: 8
    case .complex128: 16
    case .unicode(let length): 4 * length
    case .byteString(let length): length
    }
  }

  /// Whether the elements are text.
  public var isText: Bool {
    switch self {
    case .unicode, .byteString: true
    default: false
    }
  }

  /// The number of bytes that a change of byte order reverses.
  var swappedUnit: Int {
    switch self {
    case .complex64: 4
    case .complex128: 8
    case .unicode: 4
    case .byteString: 1
    default: byteCount
    }
  }

  /// The little-endian `descr` of the NPY format, such as `<f4`.
  var descriptor: String {
    switch self {
    case .bool: "|b1"
    case .int8: "|i1"
    case .uint8: "|u1"
    case .int16, .int32, .int64: "<i\(byteCount)"
    case .uint16, .uint32, .uint64: "<u\(byteCount)"
    case .float16, .float32, .float64: "<f\(byteCount)"
    case .complex64, .complex128: "<c\(byteCount)"
    case .unicode(let length): "<U\(length)"
    case .byteString(let length): "|S\(length)"
    }
  }

  /// The type that a `descr` without its byte-order mark names, or `nil`.
  ///
  /// - Parameter code: A kind letter and a size, such as `f4` or `U10`.
  init?(code: Substring) {
    let fixed: [Substring: NumPyArray.ElementType] = [
      "b1": .bool, "?": .bool, "i1": .int8, "i2": .int16, "i4": .int32, "i8": .int64, "u1": .uint8, "u2": .uint16,
      "u4": .uint32, "u8": .uint64, "f2": .float16, "f4": .float32, "f8": .float64, "c8": .complex64,
      "c16": .complex128,
    ]
    if let type = fixed[code] {
      self = type
      return
    }
    guard let length = Int(code.dropFirst()), (0...Self.longestText).contains(length) else { return nil }
    switch code.first {
    case "U": self = .unicode(length: length)
    case "S": self = .byteString(length: length)
    default: return nil
    }
  }

  private static var longestText: Int { 1 << 28 }
}

extension NumPyArray.ElementType: CustomStringConvertible {
  /// NumPy's name of the type, such as `float32` or `<U10`.
  public var description: String {
    switch self {
    case .bool: "bool"
    case .unicode, .byteString: descriptor
    case .complex64, .complex128: "complex\(8 * byteCount)"
    case .float16, .float32, .float64: "float\(8 * byteCount)"
    case .int8, .int16, .int32, .int64: "int\(8 * byteCount)"
    case .uint8, .uint16, .uint32, .uint64: "uint\(8 * byteCount)"
    }
  }
}
