import Foundation
import Tensors

/// The safetensors format: named tensors without any code, as PyTorch users exchange weights.
///
/// Eight bytes give the length of a JSON header, little-endian; the header gives type, shape and place of each tensor; the
/// numbers follow, row-major and little-endian.
///
/// Source: Hugging Face, *Safetensors*, <https://github.com/huggingface/safetensors>, section "Format".
public enum Safetensors {
  /// Opens a file; its tensors are read when they are asked for.
  ///
  /// - Parameter url: The file.
  /// - Returns: The archive.
  /// - Throws: ``InputError`` naming file and byte where the file is missing, truncated or contradicts itself: places
  ///   outside the file, that overlap, that leave gaps, or whose length is not that of the shape.
  public static func read(_ url: URL) throws -> SafetensorsArchive { try SafetensorsArchive(ByteSource(url)) }

  /// Writes a file; it appears complete or not at all, and the same tensors give the same bytes.
  ///
  /// - Parameters:
  ///   - tensors: Names, all different and none `__metadata__`, and arrays of numbers or truth values.
  ///   - metadata: Free text by keys, such as the name of the network.
  ///   - url: The file, which is replaced where it exists.
  /// - Throws: ``InputError`` where it cannot be written.
  public static func write(
    _ tensors: [(name: String, array: NumPyArray)], metadata: [String: String] = [:], to url: URL
  ) throws {
    let header = try SafetensorsHeader.encode(
      tensors.map { ($0.name, $0.array.elementType, $0.array.shape) }, metadata: metadata)
    try AtomicFile.write(to: url) { file in
      try header.withUnsafeBytes { try file.write($0) }
      for (_, array) in tensors { try array.bytes.withUnsafeBytes { try file.write($0) } }
    }
  }
}
