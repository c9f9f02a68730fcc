/// Which sample of an axis each index of its extension stands for.
struct AxisMap: Sendable, Equatable {
  /// The sample of each extended index; −1 for a zero.
  let sources: [Int]
  /// The extended indices of the samples themselves, one after the other.
  let inside: Range<Int>

  /// Extends an axis.
  ///
  /// - Parameters:
  ///   - count: The samples of the axis.
  ///   - before: How many indices come before the first sample.
  ///   - after: How many come after the last.
  ///   - boundary: What they stand for.
  init(count: Int, before: Int, after: Int, _ boundary: Boundary) {
    sources = (-before..<count + after).map { boundary.source(of: $0, in: count) ?? -1 }
    inside = before..<before + count
  }
}
