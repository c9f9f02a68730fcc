/// A fixed piece of memory for numbers, 64-byte aligned and zero at first.
///
/// `Sendable` because every user promises that no two threads use overlapping ranges at the same time, unless both only
/// read: the partition of a parallel loop.
final class Buffer<S: BitwiseCopyable>: @unchecked Sendable {
  private let base: UnsafeMutablePointer<S>
  let count: Int

  init(repeating value: S, count: Int) {
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(1, count) * MemoryLayout<S>.stride, alignment: 64)
    base = bytes.bindMemory(to: S.self, capacity: max(1, count))
    base.initialize(repeating: value, count: count)
    self.count = count
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }

  /// A part of the memory, which must not outlive the buffer.
  subscript(_ range: Range<Int>) -> UnsafeMutableBufferPointer<S> {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count, "expected a range within 0..<\(count), got \(range)")
    return UnsafeMutableBufferPointer(start: base + range.lowerBound, count: range.count)
  }

  /// All of the memory.
  var all: UnsafeMutableBufferPointer<S> { UnsafeMutableBufferPointer(start: base, count: count) }
}
