internal import AllocationCounter
public import Parallel
import Synchronization

/// The requests for memory that a piece of work makes, those of the libraries under it included; only what oneDNN and
/// FFTW take for the time of a call is not counted.
public enum Allocations {
  /// Whether they are counted: with glibc, and without a sanitizer.
  public static var areCounted: Bool { allocation_count() >= 0 }

  /// Counts on every thread of a pool, of which the calling thread is one.
  ///
  /// - Parameters:
  ///   - pool: The threads; no one else may use them meanwhile.
  ///   - work: What is done.
  /// - Returns: The requests of all threads together.
  public static func count(on pool: ThreadPool, _ work: () throws -> Void) rethrows -> Int {
    let before = total(of: pool)
    try work()
    return total(of: pool) - before
  }

  /// The requests so far of all threads, each of which takes one iteration because it waits for the others.
  private static func total(of pool: ThreadPool) -> Int {
    let arrivals = Atomic(0)
    let sum = Atomic(0)
    pool.run(pool.threadCount) { _, _ in
      arrivals.wrappingAdd(1, ordering: .relaxed)
      while arrivals.load(ordering: .relaxed) < pool.threadCount {}
      sum.wrappingAdd(Int(allocation_count()), ordering: .relaxed)
    }
    return sum.load(ordering: .relaxed)
  }
}
