import Foundation

/// The memory of a tensor: contiguous, 64-byte aligned, shared until someone writes.
///
/// Not synchronised: ``Tensor`` writes only to storage that it alone refers to, which makes sharing safe.
@usableFromInline
final class TensorStorage<Element>: @unchecked Sendable {
  @usableFromInline let base: UnsafeMutablePointer<Element>
  @usableFromInline let count: Int

  @usableFromInline
  init(count: Int) {
    precondition(_isPOD(Element.self), "expected elements that are plain bits, got \(Element.self)")
    let bytes = allocateAligned(byteCount: max(1, count) * MemoryLayout<Element>.stride)
    base = bytes.bindMemory(to: Element.self, capacity: max(1, count))
    self.count = count
  }

  @usableFromInline
  func copy() -> TensorStorage {
    let copy = TensorStorage(count: count)
    copy.base.update(from: base, count: count)
    return copy
  }

  deinit { free(base) }
}
