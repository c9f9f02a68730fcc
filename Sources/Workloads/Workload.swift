import Formats
import Tensors

/// A piece of work that both sides do on the same inputs.
///
/// To add one: a type like this, a line in the catalog of `Benchmarks`, and a file of the peers' candidates in its
/// `Peers/works`.
package protocol Workload: Sendable {
  /// What it is chosen and reported by: its family, then sizes, such as `convolve-512-31`.
  var name: String { get }

  /// The peers' file; named as the family unless said otherwise.
  var peers: String { get }

  /// The peers that are measured however much slower than the fastest they are.
  var rivals: [String] { get }

  /// Makes the inputs and gets our side ready.
  func makeContender(_ stream: RandomStream) throws -> any Contender
}

/// Our side of a workload, ready to run.
package protocol Contender: AnyObject {
  /// What the peers get, by name.
  var inputs: [(name: String, array: NumPyArray)] { get }

  /// The images, or other things, that one run works on.
  var itemCount: Int { get }

  /// The largest relative difference between two right results.
  var tolerance: Double { get }

  /// Does the work once: what is timed.
  func run() throws

  /// The relative difference between a peer's result and ours.
  func difference(from result: NPZArchive) throws -> Double

  /// What our side cannot be faster than, where that can be timed.
  var limit: Limit? { get }

  /// What the report says of our side, given the seconds of a run.
  func remark(seconds: Double) -> String
}

extension Workload {
  /// The first word of the name.
  package var family: String { String(name.prefix { $0 != "-" }) }

  package var peers: String { family }

  package var rivals: [String] { [] }
}

extension Contender {
  package var itemCount: Int { 1 }

  package var limit: Limit? { nil }
}

/// A part of some work that all of it cannot be faster than.
package struct Limit {
  /// The work, without what does not belong to it, such as memory for its result.
  package let work: () throws -> Void
  /// The part.
  package let part: () throws -> Void
}
