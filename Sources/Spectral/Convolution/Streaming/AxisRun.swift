/// A stretch of an extended axis that stands for neighbouring samples, for one sample again and again, or for zeros.
struct AxisRun: Equatable {
  /// The indices of the extended axis, 0 for the first sample.
  let indices: Range<Int>
  /// The samples, as many as indices, or a single one that is repeated; `nil` for zeros.
  let samples: Range<Int>?
  /// Whether the last sample comes first.
  let isReversed: Bool

  /// Divides a part of an extended axis.
  ///
  /// - Parameters:
  ///   - range: The indices of the extended axis.
  ///   - count: The samples of the axis.
  ///   - boundary: What the indices outside stand for.
  /// - Returns: Runs that follow one another and cover the range.
  static func runs(of range: Range<Int>, in count: Int, _ boundary: Boundary) -> [AxisRun] {
    var runs: [AxisRun] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let run = longestRun(from: start, to: range.upperBound) { boundary.source(of: $0, in: count) }
      runs.append(run)
      start = run.indices.upperBound
    }
    return runs
  }

  private static func longestRun(from start: Int, to limit: Int, _ source: (Int) -> Int?) -> AxisRun {
    let first = source(start)
    var (end, last, step) = (start + 1, first, 0)
    while end < limit {
      let next = source(end)
      guard (next == nil) == (first == nil) else { break }
      let difference = (next ?? 0) - (last ?? 0)
      guard end == start + 1 ? abs(difference) <= 1 : difference == step else { break }
      (end, last, step) = (end + 1, next, difference)
    }
    let samples = first.map { first in min(first, last!)..<max(first, last!) + 1 }
    return AxisRun(indices: start..<end, samples: samples, isReversed: step < 0)
  }
}
