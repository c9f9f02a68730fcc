import Formats
import Foundation
import Tensors

/// The folder in which measurements of this machine are kept between runs: `$XDG_CACHE_HOME/basislab`, or
/// `~/.cache/basislab`.
///
/// Everything in it can be lost without harm. Several processes may read and write it at once.
///
/// Source: *XDG Base Directory Specification* 0.8, freedesktop.org.
public struct CacheFolder: Sendable {
  /// Where it is.
  public let url: URL

  /// Names a folder, which need not exist yet.
  public init(_ url: URL) { self.url = url }

  /// The folder of the user who runs the process.
  public static var standard: CacheFolder {
    let environment = ProcessInfo.processInfo.environment
    let home = environment["HOME"] ?? NSHomeDirectory()
    let caches = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "\(home)/.cache"
    return CacheFolder(URL(fileURLWithPath: caches).appendingPathComponent("basislab"))
  }

  /// The content of a file of the folder.
  ///
  /// - Parameter name: The name of the file.
  /// - Returns: Its bytes, or `nil` where there is no such file.
  /// - Throws: `InputError` where it cannot be read.
  func read(_ name: String) throws -> Data? {
    let file = url.appendingPathComponent(name)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    do { return try Data(contentsOf: file) } catch {
      throw InputError(file.path, "cannot be read: \(error.localizedDescription)")
    }
  }

  /// Replaces a file by what follows from its present content; no other process changes it meanwhile.
  ///
  /// The folder is made where it is missing. The new file appears complete or not at all.
  ///
  /// - Parameters:
  ///   - name: The name of the file.
  ///   - change: Makes the new content of the present one, `nil` where there is no file.
  /// - Throws: `InputError` where the folder cannot be made or written; what `change` throws.
  func update(_ name: String, _ change: (Data?) throws -> Data) throws {
    do { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) } catch {
      throw InputError(url.path, "the folder cannot be made: \(error.localizedDescription)")
    }
    try withLock {
      try AtomicFile.write(try change(try? read(name)), to: url.appendingPathComponent(name))
    }
  }

  /// Holds the folder's lock, which ends with the process at the latest.
  private func withLock(_ body: () throws -> Void) throws {
    let path = url.appendingPathComponent("lock").path
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw InputError(path, "cannot be written: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 && errno == EINTR {}
    try body()
  }
}
