import Foundation
import Workloads

/// Works that are reported together, and how fast we want to be on them.
struct WorkGroup {
  let title: String
  let goal: Goal?
  let works: [any Workload]

  /// Ratios to reach against the fastest peer.
  struct Goal {
    let everywhere: Double
    var geometricMean: Double?

    /// A line for people.
    var description: String {
      String(format: "%g everywhere", everywhere) + (geometricMean.map { String(format: ", %g in the mean", $0) } ?? "")
    }

    func isMet(least: Double, mean: Double) -> Bool { least >= everywhere && mean >= geometricMean ?? 0 }
  }
}
