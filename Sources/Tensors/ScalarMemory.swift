internal import CKernels
import Foundation

extension UnsafeMutablePointer where Pointee: Scalar {
  /// Sets numbers to zero, which is all zero bits, at the speed of memory also where the precision is not known.
  package func clear(count: Int) { memset(self, 0, count * MemoryLayout<Pointee>.stride) }
}

extension UnsafeMutableRawPointer {
  /// Asks for memory that will soon be written, and does not wait for it.
  package func claim(byteCount: Int) { kernel_claim(byteCount, self) }
}

extension UnsafeRawPointer {
  /// Asks for memory that will soon be read, and does not wait for it.
  package func fetch(byteCount: Int) { kernel_fetch(byteCount, self) }
}
