import Foundation
import Synchronization

/// One loop under way: threads take its indices from a shared counter until none is left.
final class Loop: Sendable {
  private let count: Int
  private let next = Atomic<Int>(0)
  private let body: @Sendable (Int, Int) -> Void

  init(count: Int, body: @escaping @Sendable (Int, Int) -> Void) {
    self.count = count
    self.body = body
  }

  func work(as worker: Int) {
    PoolState.isInsideLoop = true
    defer { PoolState.isInsideLoop = false }
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      body(index, worker)
    }
  }
}

/// What the threads of a pool share: the loop under way and who still works on it.
///
/// `condition` guards the three variables, which is why the type may promise to be `Sendable`.
final class PoolState: @unchecked Sendable {
  private let condition = NSCondition()
  private var loop: Loop?
  private var generation = 0
  private var busyWorkers = 0
  private var isStopped = false
  private let isClaimed = Atomic<Bool>(false)

  private static let insideLoopKey: pthread_key_t = {
    var key = pthread_key_t()
    let status = pthread_key_create(&key, nil)
    precondition(status == 0, "no thread-local key left")
    return key
  }()

  /// Whether the calling thread is running an iteration of a loop.
  static var isInsideLoop: Bool {
    get { pthread_getspecific(insideLoopKey) != nil }
    set { pthread_setspecific(insideLoopKey, newValue ? UnsafeRawPointer(bitPattern: 1) : nil) }
  }

  /// Takes the pool for one loop; false when a loop of another thread has it.
  func claim() -> Bool {
    isClaimed.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
  }

  func release() { isClaimed.store(false, ordering: .releasing) }

  /// Runs the loop on the calling thread, as worker 0, and on `workers - 1` others.
  func execute(_ newLoop: Loop, workers: Int) {
    condition.lock()
    loop = newLoop
    generation += 1
    busyWorkers = workers - 1
    condition.broadcast()
    condition.unlock()

    newLoop.work(as: 0)

    condition.lock()
    while busyWorkers > 0 { condition.wait() }
    loop = nil
    condition.unlock()
  }

  /// The life of a worker thread: wait for a loop, work on it, report, again.
  func serve(as worker: Int) {
    var seen = 0
    condition.lock()
    while true {
      while generation == seen && !isStopped { condition.wait() }
      if isStopped { break }
      seen = generation
      let current = loop
      condition.unlock()
      current?.work(as: worker)
      condition.lock()
      busyWorkers -= 1
      if busyWorkers == 0 { condition.broadcast() }
    }
    condition.unlock()
  }

  func stop() {
    condition.lock()
    isStopped = true
    condition.broadcast()
    condition.unlock()
  }
}
