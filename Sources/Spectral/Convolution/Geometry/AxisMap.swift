internal import CKernels

/// Which sample of an axis each index of its extension stands for.
struct AxisMap: Sendable, Equatable {
  /// The sample of each extended index; −1 for a zero.
  let sources: [Int]

  /// Extends an axis.
  ///
  /// - Parameters:
  ///   - count: The samples of the axis.
  ///   - before: How many indices come before the first sample.
  ///   - after: How many come after the last.
  ///   - boundary: What they stand for.
  init(count: Int, before: Int, after: Int, _ boundary: Boundary) {
    sources = (-before..<count + after).map { boundary.source(of: $0, in: count) ?? -1 }
  }

  /// The extended indices `first`, `first + step`, … in runs of samples that lie evenly, or of zeros.
  ///
  /// - Parameters:
  ///   - first: The first index.
  ///   - step: How far the next one lies.
  ///   - count: How many there are.
  ///   - target: Where the first one goes; the others follow it.
  /// - Returns: The runs, in order.
  func runs(from first: Int, step: Int = 1, count: Int, at target: Int = 0) -> [extension_run] {
    var runs: [extension_run] = []
    for index in 0..<count {
      let source = sources[first + index * step]
      if var run = runs.last, Self.continues(&run, with: source) {
        runs[runs.count - 1] = run
      } else {
        runs.append(extension_run(target: target + index, count: 1, source: source, step: 1))
      }
    }
    return runs
  }

  private static func continues(_ run: inout extension_run, with source: Int) -> Bool {
    if run.count == 1 && run.source >= 0 && source >= 0 { run.step = source - run.source }
    let expected = run.source < 0 ? -1 : run.source + run.count * run.step
    guard source == expected && (source < 0) == (run.source < 0) else { return false }
    run.count += 1
    return true
  }
}
