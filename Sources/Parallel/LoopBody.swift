/// What a parallel loop does with one index, as a value of its own.
///
/// Other threads can call a value where it lies, while a closure must first be copied to the heap: a loop that runs many
/// times takes this form to allocate nothing.
public protocol LoopBody: Sendable {
  /// Does the work of one index.
  ///
  /// - Parameters:
  ///   - index: The index, from 0.
  ///   - worker: The number of the worker, which no two simultaneous calls of one loop share.
  func callAsFunction(_ index: Int, _ worker: Int)
}

extension LoopBody {
  /// Does the work of one index by the body that lies in a place.
  static func call(at place: UnsafeRawPointer, _ index: Int, _ worker: Int) {
    place.assumingMemoryBound(to: Self.self).pointee(index, worker)
  }
}

/// A closure as the body of a loop.
struct ClosureBody: LoopBody {
  let closure: @Sendable (_ index: Int, _ worker: Int) -> Void

  func callAsFunction(_ index: Int, _ worker: Int) { closure(index, worker) }
}
