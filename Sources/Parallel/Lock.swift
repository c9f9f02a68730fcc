import Foundation

/// A value that one thread at a time may use.
///
/// It is the system's mutex, which, unlike that of `Synchronization`, thread sanitizers know.
///
/// `@unchecked Sendable` because the value is touched under the mutex only.
public final class Lock<Value: Sendable>: @unchecked Sendable {
  private var value: Value
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  /// Puts a value behind a lock.
  public init(_ value: Value) {
    self.value = value
    let status = pthread_mutex_init(mutex, nil)
    precondition(status == 0, "expected a mutex, got error \(status)")
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Calls `body` with the value while no other thread has it.
  public func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&value)
  }
}
