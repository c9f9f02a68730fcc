/// Times our side in the way in which `Peers/peer.py` times the other.
package enum Stopwatch {
  /// The median time of a run, after one that is not counted; a first run that fills the budget is not repeated.
  ///
  /// - Parameters:
  ///   - budget: The seconds that the runs fill.
  ///   - run: What is timed.
  /// - Returns: The median in seconds.
  package static func medianSeconds(filling budget: Double, _ run: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let first = try clock.measure { try run() } / .seconds(1)
    guard first < budget else { return first }
    var times: [Double] = []
    let end = clock.now + .seconds(budget)
    repeat { times.append(try clock.measure { try run() } / .seconds(1)) } while clock.now < end
    return median(times)
  }

  /// The middle of the values, or the mean of the two in the middle.
  package static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
