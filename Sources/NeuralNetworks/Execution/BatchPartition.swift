/// How a batch is cut into parts that threads take.
///
/// The cut depends on the size of the batch alone, never on the number of threads, so that sums over parts, added in the
/// order of the parts, have the same bits on any machine configuration.
struct BatchPartition {
  /// Items that one part holds at most, unless the batch has more than ``maximumPartCount`` times as many.
  static let preferredPartSize = 16
  static let maximumPartCount = 32

  let count: Int
  let partCount: Int

  init(_ count: Int, maximumPartCount: Int = BatchPartition.maximumPartCount) {
    self.count = count
    partCount = min(maximumPartCount, (count + Self.preferredPartSize - 1) / Self.preferredPartSize)
  }

  /// The number of items in the largest part.
  var largestPart: Int { partCount == 0 ? 0 : (count + partCount - 1) / partCount }

  /// The items of one part; parts differ in size by at most 1.
  subscript(_ part: Int) -> Range<Int> { part * count / partCount..<(part + 1) * count / partCount }
}
