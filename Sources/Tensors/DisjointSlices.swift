/// Memory of which several threads write parts that do not overlap.
///
/// `Sendable` because every caller of ``subscript(_:)`` promises that no two threads ask for overlapping ranges at the
/// same time: the partition of a parallel loop's output.
public struct DisjointSlices<Element>: @unchecked Sendable {
  @usableFromInline let buffer: UnsafeMutableBufferPointer<Element>

  /// Wraps memory that outlives the value.
  @inlinable
  public init(_ buffer: UnsafeMutableBufferPointer<Element>) { self.buffer = buffer }

  /// The part of the memory that the caller alone uses for now.
  @inlinable
  public subscript(_ range: Range<Int>) -> UnsafeMutableBufferPointer<Element> {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= buffer.count, "slice \(range) of \(buffer.count) elements")
    return UnsafeMutableBufferPointer(rebasing: buffer[range])
  }
}
