/// One candidate in turns with ours.
struct Comparison: Encodable {
  /// Two turns that follow each other.
  struct Pair: Encodable {
    let ourSeconds: Double
    let peerSeconds: Double
    /// The share of the machine that other programs took meanwhile.
    let otherLoad: Double

    /// The peer's time over ours.
    var ratio: Double { peerSeconds / ourSeconds }

    var isQuiet: Bool { otherLoad <= OtherLoad.tolerated }
  }

  let peer: String
  let ourSeconds: Double
  let peerSeconds: Double
  let ratio: Double
  /// The pairs behind the medians above.
  let pairs: [Pair]

  /// Takes the pairs during which others did least.
  ///
  /// - Parameters:
  ///   - peer: The candidate.
  ///   - pairs: All pairs that were measured.
  ///   - count: How many of them to use.
  init(peer: String, pairs: [Pair], quietest count: Int) {
    self.peer = peer
    self.pairs = Array(pairs.sorted { $0.otherLoad < $1.otherLoad }.prefix(count))
    ourSeconds = Stopwatch.median(self.pairs.map(\.ourSeconds))
    peerSeconds = Stopwatch.median(self.pairs.map(\.peerSeconds))
    ratio = Stopwatch.median(self.pairs.map(\.ratio))
  }
}
