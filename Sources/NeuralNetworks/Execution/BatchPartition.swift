/// How a batch is cut into parts that threads take.
///
/// The cut depends on the size of the batch alone, never on the number of threads, so that sums over parts, added in the
/// order of the parts, have the same bits for any number of threads. Small parts keep activations in cache and many
/// threads busy; large parts make long matrix products and few sums of gradients.
package struct BatchPartition {
  /// The items that a part should have at least and at most.
  private static let partSizes = 16...64
  /// The parts of a training batch at most, each of which has a gradient of its own.
  private static let maximumPartCount = 32

  /// The number of items.
  package let count: Int
  /// The number of parts.
  package let partCount: Int
  /// What no part of this batch, nor of any smaller one, exceeds.
  package let capacity: Int

  /// Cuts a batch that is trained on: into four parts where that gives parts of the right size.
  package init(_ count: Int) {
    let size = min(max((count + 3) / 4, Self.partSizes.lowerBound), Self.partSizes.upperBound)
    self.count = count
    partCount = min(Self.maximumPartCount, (count + size - 1) / size)
    capacity = max(size, (count + Self.maximumPartCount - 1) / Self.maximumPartCount)
  }

  /// Cuts images that are predicted into parts of at most a given size.
  package init(_ count: Int, capacity: Int) {
    self.count = count
    partCount = (count + capacity - 1) / capacity
    self.capacity = capacity
  }

  /// The items of one part; parts differ in size by at most 1.
  package subscript(_ part: Int) -> Range<Int> { part * count / partCount..<(part + 1) * count / partCount }
}
