import Foundation
import Tensors

/// The NPZ format: named arrays in a zip archive, as `numpy.savez` and `numpy.savez_compressed` write it.
public enum NPZ {
  /// Opens an archive; its arrays are decoded when they are asked for.
  ///
  /// - Parameter url: The file.
  /// - Returns: The archive.
  /// - Throws: ``InputError`` naming file and byte where the file is missing or not an archive.
  public static func read(_ url: URL) throws -> NPZArchive { try NPZArchive(ByteSource(url)) }

  /// Writes an archive that `numpy.load` reads; it appears complete or not at all, and the same arrays give the same bytes.
  ///
  /// - Parameters:
  ///   - arrays: Names, all different, and arrays.
  ///   - url: The file, which is replaced where it exists.
  ///   - compressed: Whether the arrays are deflated.
  /// - Throws: ``InputError`` where it cannot be written, or where it would pass 4 GiB.
  public static func write(_ arrays: [(name: String, array: NumPyArray)], to url: URL, compressed: Bool = true) throws {
    precondition(Set(arrays.map(\.name)).count == arrays.count, "expected different names, got \(arrays.map(\.name))")
    try AtomicFile.write(to: url) { file in
      var writer = ZipWriter(name: url.path)
      for (name, array) in arrays {
        let header = NPYHeader.encode(shape: array.shape, elementType: array.elementType)
        try writer.append("\(name).npy", header + array.bytes, compressed: compressed, to: file)
      }
      try writer.finish(file)
    }
  }
}
