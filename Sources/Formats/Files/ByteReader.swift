import Tensors

/// Reads little-endian numbers one after the other, and never beyond the end.
struct ByteReader {
  private let bytes: ArraySlice<UInt8>
  private let name: String
  private let offset: Int

  /// The offset of what comes next, from the start of the bytes.
  private(set) var position: Int

  /// Starts reading.
  ///
  /// - Parameters:
  ///   - bytes: A part of a file.
  ///   - name: What error messages call the file.
  ///   - offset: Where the part begins in the file.
  ///   - position: Where to begin in the part.
  init(_ bytes: ArraySlice<UInt8>, name: String, offset: Int = 0, position: Int = 0) {
    self.bytes = bytes
    self.name = name
    self.offset = offset
    self.position = position
  }

  /// The number of bytes left.
  var remaining: Int { bytes.count - position }

  mutating func uint8() throws -> UInt8 { try take(1).first! }

  mutating func uint16() throws -> UInt16 { UInt16(truncatingIfNeeded: try number(2)) }

  mutating func uint32() throws -> UInt32 { UInt32(truncatingIfNeeded: try number(4)) }

  mutating func uint64() throws -> UInt64 { try number(8) }

  /// The next bytes.
  mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
    guard count >= 0 && count <= remaining else {
      throw InputError(
        "\(name), byte \(offset + bytes.count)", "expected \(count - remaining) more bytes, found the end",
        remedy: "The file is truncated or damaged: fetch or write it again.")
    }
    defer { position += count }
    return bytes[bytes.startIndex + position..<bytes.startIndex + position + count]
  }

  private mutating func number(_ count: Int) throws -> UInt64 {
    try take(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
