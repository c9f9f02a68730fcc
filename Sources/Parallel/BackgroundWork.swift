import Dispatch

/// Work on a thread beside the pool, such as reading what is computed next.
public final class BackgroundWork: Sendable {
  private let outcome = Lock<Result<Void, any Error>>(.success(()))
  private let group = DispatchGroup()

  /// Starts the work.
  public init(_ body: @escaping @Sendable () throws -> Void) {
    DispatchQueue.global().async(group: group) { [self] in
      let result = Result { try body() }
      outcome.withLock { $0 = result }
    }
  }

  /// Waits for its end.
  ///
  /// - Throws: What the work threw.
  public func finish() throws {
    group.wait()
    try outcome.withLock { $0 }.get()
  }
}
