import Foundation

extension UnsafeMutablePointer where Pointee: Scalar {
  /// Sets numbers to zero, which is all zero bits, at the speed of memory also where the precision is not known.
  package func clear(count: Int) { memset(self, 0, count * MemoryLayout<Pointee>.stride) }
}
