import Tensors

/// An n-dimensional array as NumPy stores it: a shape and elements of one type.
///
/// The elements are kept in row-major order and little-endian, whatever order they were read in.
public struct NumPyArray: Sendable {
  /// The size of each axis, slowest first; empty for a single value.
  public let shape: [Int]
  /// The type of the elements.
  public let elementType: ElementType
  /// Where the array was read from, for error messages.
  public let origin: String?

  /// The elements, row-major and little-endian, one after the other.
  package let bytes: ArraySlice<UInt8>

  /// The number of elements, the product of the shape.
  public var count: Int { shape.reduce(1, *) }

  /// The number of axes.
  public var rank: Int { shape.count }

  init(shape: [Int], elementType: ElementType, bytes: ArraySlice<UInt8>, origin: String? = nil) {
    precondition(
      bytes.count == shape.reduce(1, *) * elementType.byteCount,
      "expected \(shape.reduce(1, *)) elements of \(elementType), got \(bytes.count) bytes")
    self.shape = shape
    self.elementType = elementType
    self.bytes = bytes
    self.origin = origin
  }
}

extension NumPyArray: Equatable {
  /// Whether shape, type and every bit of the elements are equal; where the arrays come from does not matter.
  public static func == (left: NumPyArray, right: NumPyArray) -> Bool {
    left.shape == right.shape && left.elementType == right.elementType && left.bytes == right.bytes
  }
}
