import Foundation
import Tensors

/// Bytes that a reader asks for by range: those of an open file, or of memory.
///
/// Every request is checked against the size first, so that a number read from the file never decides alone how much is
/// allocated. Files are read where they are asked for, not mapped: a file that shrinks meanwhile is an error, not a signal.
package struct ByteSource: Sendable {
  /// What error messages call it, usually the path.
  package let name: String
  /// The number of bytes.
  package let count: Int

  private let storage: Storage

  private enum Storage {
    case file(FileDescriptor)
    case memory([UInt8])
  }

  /// Opens a regular file for reading.
  package init(_ url: URL) throws {
    name = url.path
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError.reading(url.path, errno) }
    let file = FileDescriptor(descriptor)
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError.reading(url.path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw InputError(
        url.path, status.st_mode & S_IFMT == S_IFDIR ? "is a folder, expected a file" : "is not a regular file",
        remedy: "Give the name of a file.")
    }
    count = Int(status.st_size)
    storage = .file(file)
  }

  /// Presents bytes that are already in memory.
  package init(_ bytes: [UInt8], name: String) {
    self.name = name
    count = bytes.count
    storage = .memory(bytes)
  }

  /// All bytes.
  package func allBytes() throws -> ArraySlice<UInt8> { try bytes(in: 0..<count, of: "the file") }

  /// The bytes of a range.
  ///
  /// - Parameters:
  ///   - range: Offsets from the start of the file.
  ///   - part: What the bytes are, for the error message.
  /// - Returns: The bytes, with indices of their own.
  /// - Throws: ``InputError`` where the file is shorter or cannot be read.
  package func bytes(in range: Range<Int>, of part: String) throws -> ArraySlice<UInt8> {
    try requireInside(range, part)
    switch storage {
    case .memory(let bytes): return bytes[range]
    case .file(let file):
      try requireMemory(range.count, for: part)
      return try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, filled in
        filled = range.count
        try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: range.lowerBound, of: name)
      }[...]
    }
  }

  /// Copies bytes into memory of the caller.
  ///
  /// - Parameters:
  ///   - buffer: Receives as many bytes as it has.
  ///   - offset: Where they begin in the file.
  ///   - part: What they are, for the error message.
  /// - Throws: ``InputError`` where the file is shorter or cannot be read.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int, of part: String) throws {
    let range = offset..<offset + buffer.count
    guard case .file(let file) = storage else { return buffer.copyBytes(from: try bytes(in: range, of: part)) }
    try requireInside(range, part)
    try file.read(into: buffer, at: offset, of: name)
  }

  private func requireInside(_ range: Range<Int>, _ part: String) throws {
    guard range.lowerBound >= 0 && range.upperBound <= count else {
      throw error(
        at: count, "the file ends here, but \(part) reaches to byte \(range.upperBound)",
        remedy: "The file is truncated or damaged: fetch or write it again.")
    }
  }

  /// Fails when so many bytes are more than the machine has memory.
  package func requireMemory(_ byteCount: Int, for part: String) throws {
    guard UInt64(byteCount) <= ProcessInfo.processInfo.physicalMemory else {
      throw error("\(part) needs \(byteCount) bytes, more than this machine has memory")
    }
  }

  /// An error about this source.
  ///
  /// - Parameters:
  ///   - byte: The offset that it is about.
  ///   - problem: What was found and what was expected.
  ///   - remedy: What the user can do.
  /// - Returns: The error to throw.
  package func error(at byte: Int? = nil, _ problem: String, remedy: String? = nil) -> InputError {
    InputError(name + (byte.map { ", byte \($0)" } ?? ""), problem, remedy: remedy)
  }
}

/// An open file descriptor, closed with its last owner.
final class FileDescriptor: Sendable {
  private let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int, of name: String) throws {
    var done = 0
    while done < buffer.count {
      let count = pread(number, buffer.baseAddress! + done, buffer.count - done, off_t(offset + done))
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileError.reading(name, errno) }
      guard count > 0 else {
        throw InputError("\(name), byte \(offset + done)", "the file became shorter while it was read")
      }
      done += count
    }
  }
}
