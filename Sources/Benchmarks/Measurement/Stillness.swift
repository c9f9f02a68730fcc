import Foundation

/// Repeats measurements that other programs disturbed.
struct Stillness {
  private let peer: Int32
  private let deadline: ContinuousClock.Instant

  /// While other programs disturb, so many times the measurements asked for are tried.
  private static let patience = 4

  /// Watches everything but this program and the peer.
  ///
  /// - Parameters:
  ///   - peer: The number of the peer's process.
  ///   - seconds: How long all measurements together may wait for other programs to end.
  init(besides peer: Int32, waitingAtMost seconds: Double) {
    self.peer = peer
    deadline = .now + .seconds(seconds)
  }

  /// Measures until enough measurements were undisturbed, or patience ends.
  ///
  /// - Parameters:
  ///   - count: The number of measurements wanted.
  ///   - body: One measurement.
  /// - Returns: That many, those during which others did least.
  func measure<Value>(_ count: Int, _ body: () throws -> Value) rethrows -> [(value: Value, otherLoad: Double)] {
    var results: [(value: Value, otherLoad: Double)] = []
    for _ in 0..<Self.patience * count where results.count(where: { OtherLoad.isTolerable($0.otherLoad) }) < count {
      let load = OtherLoad(besides: peer)
      results.append((try body(), load.share))
      if !OtherLoad.isTolerable(results[results.count - 1].otherLoad) {
        OtherLoad.waitForQuiet(besides: peer, until: deadline)
      }
    }
    return Array(results.sorted { $0.otherLoad < $1.otherLoad }.prefix(count))
  }
}
