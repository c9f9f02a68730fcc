internal import CKernels
import Foundation

/// Allocates uninitialised memory for numbers, to be freed by `free`.
///
/// It begins at a 64-byte boundary, as wide vector loads and FFTW like it. From 32 MiB on the C library takes fresh
/// pages from the system for every allocation: they are asked for as huge pages, of 2 MiB, so that the first use is
/// interrupted 512 times less often. Smaller memory that is freed stays with the process, so that whoever asks for as
/// much again does not wait for the system to clear it.
///
/// - Parameter byteCount: The size.
/// - Returns: The memory.
package func allocateAligned(byteCount: Int) -> UnsafeMutableRawPointer {
  _ = keepsFreedMemory
  let hugePage = 1 << 21
  let isFresh = byteCount >= 16 * hugePage
  var memory: UnsafeMutableRawPointer?
  let code = posix_memalign(&memory, isFresh ? hugePage : 64, max(1, byteCount))
  guard code == 0, let memory else { fatalError("expected \(byteCount) bytes of memory, got none") }
  #if os(Linux)
    if isFresh { madvise(memory, byteCount, MADV_HUGEPAGE) }
  #endif
  return memory
}

/// Whether the C library follows.
private let keepsFreedMemory = keep_freed_memory(32 << 20, 256 << 20) != 0
