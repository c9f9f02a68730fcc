internal import Parallel

/// The value that was made last, kept for whoever asks for the same again.
final class Latest<Key: Equatable & Sendable, Value: Sendable>: Sendable {
  private let kept = Lock<(key: Key, value: Value)?>(nil)

  /// The value of a key, made unless it is the one that was made last.
  func value(for key: Key, _ make: () -> Value) -> Value {
    if let kept = kept.withLock({ $0 }), kept.key == key { return kept.value }
    let value = make()
    kept.withLock { $0 = (key, value) }
    return value
  }
}
