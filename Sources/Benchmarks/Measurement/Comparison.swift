import Workloads

/// One candidate in turns with ours.
struct Comparison: Codable {
  /// Two turns of the same round.
  struct Pair: Codable {
    let ourSeconds: Double
    let peerSeconds: Double
    /// The share of the machine that other programs took meanwhile.
    let otherLoad: Double

    /// The peer's time over ours.
    var ratio: Double { peerSeconds / ourSeconds }
  }

  let peer: String
  let pairs: [Pair]

  /// The medians over the pairs.
  var ourSeconds: Double { Stopwatch.median(pairs.map(\.ourSeconds)) }
  var peerSeconds: Double { Stopwatch.median(pairs.map(\.peerSeconds)) }
  var ratio: Double { Stopwatch.median(pairs.map(\.ratio)) }

  /// The least and the largest ratio of a pair.
  var spread: (least: Double, most: Double) {
    let ratios = pairs.map(\.ratio)
    return (ratios.min() ?? .nan, ratios.max() ?? .nan)
  }
}
