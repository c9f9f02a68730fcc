import Foundation
import Tensors

/// The NPY format: one array in a file, as `numpy.save` writes it.
///
/// Format versions 1.0, 2.0 and 3.0 are read, 1.0 is written, byte for byte as NumPy does. Arrays of Python objects are
/// refused, never unpickled; so are structured elements, dates, and files longer than their header says.
public enum NPY {
  /// Reads an array.
  ///
  /// - Parameter url: The file.
  /// - Returns: The array.
  /// - Throws: ``InputError`` naming file and byte where the file is missing, damaged, or holds what cannot be read.
  public static func read(_ url: URL) throws -> NumPyArray { try decode(ByteSource(url)) }

  /// Reads what a file says about its array, without the array.
  ///
  /// - Parameter url: The file.
  /// - Returns: Shape, type and place of the elements.
  /// - Throws: ``InputError`` as ``read(_:)`` does, also where the file is shorter or longer than it says.
  public static func header(of url: URL) throws -> NPYHeader { try header(of: ByteSource(url)) }

  /// Writes an array; the file appears complete or not at all.
  ///
  /// - Parameters:
  ///   - array: The array.
  ///   - url: The file, which is replaced where it exists.
  /// - Throws: ``InputError`` where it cannot be written.
  public static func write(_ array: NumPyArray, to url: URL) throws {
    try AtomicFile.write(to: url) { file in
      try NPYHeader.encode(shape: array.shape, elementType: array.elementType).withUnsafeBytes { try file.write($0) }
      try array.bytes.withUnsafeBytes { try file.write($0) }
    }
  }

  /// The bytes of the file that holds an array.
  package static func encode(_ array: NumPyArray) -> [UInt8] {
    NPYHeader.encode(shape: array.shape, elementType: array.elementType) + array.bytes
  }

  package static func decode(_ source: ByteSource) throws -> NumPyArray {
    let header = try header(of: source)
    let data = header.dataOffset..<header.dataOffset + header.byteCount
    return NumPyArray(header, bytes: try source.bytes(in: data, of: "the array"), origin: source.name)
  }

  static func header(of source: ByteSource) throws -> NPYHeader {
    let beginning = try source.bytes(in: 0..<min(source.count, NPYHeader.longest), of: "the header")
    let header = try NPYHeader(beginning, name: source.name)
    try header.check(availableBytes: source.count, name: source.name)
    return header
  }
}

extension NPYHeader {
  /// Fails unless the elements fill the file exactly.
  func check(availableBytes: Int, name: String) throws {
    guard availableBytes - dataOffset == byteCount else {
      throw InputError(
        "\(name), byte \(dataOffset)",
        "expected \(byteCount) bytes of \(elementType) for shape \(shape), found \(availableBytes - dataOffset)",
        remedy: "The file is truncated or damaged: fetch or write it again.")
    }
  }
}
