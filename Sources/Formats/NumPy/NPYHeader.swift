import Tensors

/// What the beginning of an NPY file says about the array in it.
public struct NPYHeader: Equatable, Sendable {
  /// The size of each axis, slowest first.
  public let shape: [Int]
  /// The type of the elements.
  public let elementType: NumPyArray.ElementType
  /// Whether the first axis varies fastest in the file.
  public let isFortranOrder: Bool
  /// Whether the most significant byte comes first.
  public let isBigEndian: Bool
  /// Where the first element begins, in bytes from the start of the file.
  public let dataOffset: Int
  /// The number of bytes of all elements.
  public let byteCount: Int

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }
}

extension NPYHeader {
  /// More bytes than any header has: NumPy refuses to read longer ones.
  static let longest = 10_000 + 12

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// The text of the header that NumPy writes for such an array, with magic and length, padded to 64 bytes.
  static func encode(shape: [Int], elementType: NumPyArray.ElementType) -> [UInt8] {
    let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var text = "{'descr': '\(elementType.descriptor)', 'fortran_order': False, 'shape': (\(sizes)), }"
    let digitsOfLargestSize = 21
    if let first = shape.first {
      text += String(repeating: " ", count: digitsOfLargestSize - String(first).count)
    }
    let start = magic.count + 4
    let length = (start + text.utf8.count + 1 + 63) / 64 * 64 - start
    text += String(repeating: " ", count: length - text.utf8.count - 1) + "\n"
    return magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(text.utf8)
  }
}
