import Foundation
import Parallel
import Tensors

/// A lock on a folder or file that ends with the process that holds it, however that ends.
final class FileLock: Sendable {
  private let descriptor: Lock<Int32>

  /// Takes the lock; `nil` where another process holds it.
  ///
  /// - Parameters:
  ///   - url: What is locked; it exists.
  ///   - waits: Whether to wait for another process.
  /// - Throws: `InputError` where it cannot be opened.
  init?(_ url: URL, waits: Bool = false) throws {
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    self.descriptor = Lock(descriptor)
    guard descriptor >= 0 else {
      throw InputError(url.relativePath, "cannot be opened: \(String(cString: strerror(errno)))")
    }
    if flock(descriptor, LOCK_EX | (waits ? 0 : LOCK_NB)) != 0 && errno == EWOULDBLOCK { return nil }
  }

  deinit { release() }

  /// Gives the lock back.
  func release() {
    descriptor.withLock { descriptor in
      if descriptor >= 0 { close(descriptor) }
      descriptor = -1
    }
  }

  /// Calls `body` while the lock is held.
  static func holding<Result>(_ url: URL, _ body: () throws -> Result) throws -> Result {
    let lock = try FileLock(url, waits: true)
    defer { lock?.release() }
    return try body()
  }

  /// Whether a process holds the lock.
  static func isHeld(_ url: URL) -> Bool {
    do { return try FileLock(url) == nil } catch { return false }
  }
}
