internal import Numerics
internal import Tensors

/// Uninitialised memory on a 64-byte boundary, freed with its last owner: scratch, and what FFTW plans for.
///
/// Not `Sendable`: one thread uses it at a time, or several use parts that do not overlap.
final class AlignedMemory<S: Scalar> {
  let base: UnsafeMutablePointer<S>
  let count: Int

  init(count: Int) {
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(1, count) * MemoryLayout<S>.stride, alignment: 64)
    base = bytes.bindMemory(to: S.self, capacity: max(1, count))
    self.count = count
  }

  var complexBase: UnsafeMutablePointer<Complex<S>> {
    UnsafeMutableRawPointer(base).assumingMemoryBound(to: Complex<S>.self)
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }
}
