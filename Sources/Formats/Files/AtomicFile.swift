import Foundation
import Synchronization
import Tensors

/// A file that appears complete or not at all.
///
/// The bytes go to a new file in the same folder, which is flushed to the disk and then renamed. When anything fails, the
/// new file is removed and what was there before remains. A file that is replaced hands down its permissions. A device or
/// pipe, such as `/dev/stdout`, is written directly.
public struct AtomicFile: Sendable {
  private static let serialNumber = Atomic<Int>(0)

  private let path: String
  private let descriptor: Int32

  /// Writes a file.
  ///
  /// - Parameters:
  ///   - url: The file; an existing one is replaced, and a symbolic link is followed, also to where
  ///     there is no file yet.
  ///   - body: Writes the content; when it throws, no file appears.
  /// - Returns: What `body` returns.
  /// - Throws: ``InputError`` where the folder is missing or unwritable or the disk is full; what `body` throws.
  @discardableResult
  public static func write<Result>(to url: URL, _ body: (AtomicFile) throws -> Result) throws -> Result {
    var status = stat()
    let exists = stat(url.path, &status) == 0
    if exists && status.st_mode & S_IFMT != S_IFREG {
      return try writeDirectly(url.path, isFolder: status.st_mode & S_IFMT == S_IFDIR, body)
    }
    let path = try followingLinks(url.path)
    let (temporary, descriptor) = try createBeside(path, permissions: exists ? status.st_mode & 0o777 : nil)
    do {
      let result = try fill(descriptor, path, flushing: true, body)
      guard rename(temporary, path) == 0 else { throw FileError.writing(path, errno) }
      flushFolder(of: path)
      return result
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Writes a file of the given bytes.
  public static func write(_ bytes: some Collection<UInt8>, to url: URL) throws {
    try write(to: url) { file in
      let done: Void? = try bytes.withContiguousStorageIfAvailable { try file.write(UnsafeRawBufferPointer($0)) }
      if done == nil { try Array(bytes).withUnsafeBytes { try file.write($0) } }
    }
  }

  /// Writes a text file in UTF-8.
  public static func write(_ text: String, to url: URL) throws { try write(Array(text.utf8), to: url) }

  /// Appends bytes to the file that is being written.
  public func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = Foundation.write(descriptor, rest.baseAddress!, rest.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileError.writing(path, errno) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Writes bytes at a place of the file, whatever else has been written.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - offset: Where the first of them goes, from the start of the file.
  /// - Throws: ``InputError`` where they cannot be written.
  public func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
    var done = 0
    while done < bytes.count {
      let count = pwrite(descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(offset + done))
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileError.writing(path, errno) }
      done += count
    }
  }

  /// Gives the file its final size and the room on the disk for it, so that a full disk shows before the work and not
  /// after it.
  ///
  /// - Parameter byteCount: The size.
  /// - Throws: ``InputError`` where there is not so much room.
  public func reserve(_ byteCount: Int) throws {
    guard byteCount > 0 else { return }
    while true {
      let code = posix_fallocate(descriptor, 0, off_t(byteCount))
      if code == EINTR { continue }
      guard code == 0 else { throw FileError.writing(path, code) }
      return
    }
  }

  private static func fill<Result>(
    _ descriptor: Int32, _ path: String, flushing: Bool, _ body: (AtomicFile) throws -> Result
  ) throws -> Result {
    let outcome = Swift.Result {
      let result = try body(AtomicFile(path: path, descriptor: descriptor))
      guard !flushing || fsync(descriptor) == 0 else { throw FileError.writing(path, errno) }
      return result
    }
    let code = close(descriptor) == 0 ? 0 : errno
    let result = try outcome.get()
    guard code == 0 else { throw FileError.writing(path, code) }
    return result
  }

  /// The path that the symbolic links at the end of a path lead to.
  private static func followingLinks(_ path: String) throws -> String {
    var path = path
    for _ in 0..<40 {
      guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { return path }
      let folder = (path as NSString).deletingLastPathComponent
      path = target.hasPrefix("/") ? target : "\(folder)/\(target)"
    }
    throw FileError.writing(path, ELOOP)
  }

  private static func writeDirectly<Result>(
    _ path: String, isFolder: Bool, _ body: (AtomicFile) throws -> Result
  ) throws -> Result {
    guard !isFolder else {
      throw InputError(path, "is a folder, expected the name of a file", remedy: "Add a file name.")
    }
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError.writing(path, errno) }
    return try fill(descriptor, path, flushing: false, body)
  }

  private static func createBeside(
    _ path: String, permissions: mode_t?
  ) throws -> (path: String, descriptor: Int32) {
    let folder = (path as NSString).deletingLastPathComponent
    while true {
      let serial = serialNumber.add(1, ordering: .relaxed).newValue
      let temporary = (folder as NSString).appendingPathComponent(".basislab-\(getpid())-\(serial).part")
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions ?? 0o666)
      if descriptor >= 0 {
        if let permissions { fchmod(descriptor, permissions) }
        return (temporary, descriptor)
      }
      guard errno == EEXIST else { throw FileError.writing(path, errno) }
    }
  }

  private static func flushFolder(of path: String) {
    let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }
}
