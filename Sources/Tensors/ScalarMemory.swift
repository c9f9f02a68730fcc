internal import CKernels
import Foundation

extension UnsafeMutablePointer where Pointee: Scalar {
  /// Sets numbers to zero, which is all zero bits, at the speed of memory also where the precision is not known.
  package func clear(count: Int) { memset(self, 0, count * MemoryLayout<Pointee>.stride) }

  /// Asks for memory that will soon be written, and does not wait for it.
  package func claim(count: Int) { kernel_claim(count * MemoryLayout<Pointee>.stride, self) }
}

extension UnsafePointer where Pointee: Scalar {
  /// Asks for memory that will soon be read, and does not wait for it.
  package func fetch(count: Int) { kernel_fetch(count * MemoryLayout<Pointee>.stride, self) }
}
