internal import Foundation
internal import Numerics
internal import Tensors

/// Uninitialised memory on a 64-byte boundary, freed with its last owner: scratch, and what FFTW plans for.
///
/// Not `Sendable`: one thread uses it at a time, or several use parts that do not overlap.
final class AlignedMemory<Element> {
  let base: UnsafeMutablePointer<Element>
  let count: Int

  init(count: Int) {
    let bytes = allocateAligned(byteCount: max(1, count) * MemoryLayout<Element>.stride)
    base = bytes.bindMemory(to: Element.self, capacity: max(1, count))
    self.count = count
  }

  deinit { free(base) }
}

/// Whether memory is aligned as plans expect it.
func isAligned<Element>(_ pointer: UnsafeMutablePointer<Element>) -> Bool { Int(bitPattern: pointer) % 64 == 0 }

/// The same memory, seen as complex numbers.
func complexPointer<S: Scalar>(_ pointer: UnsafeMutablePointer<S>) -> UnsafeMutablePointer<Complex<S>> {
  UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: Complex<S>.self)
}
