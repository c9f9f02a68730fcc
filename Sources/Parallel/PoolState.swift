internal import CKernels
import Foundation
import Synchronization

/// One loop under way: threads take its indices from a shared counter until none is left.
struct Loop {
  let count: Int
  /// The type of the body, and where it lies.
  let type: any LoopBody.Type
  let body: UnsafeRawPointer
}

/// What the threads of a pool share: the loop under way and who works on it.
///
/// A loop is open from its start until the calling thread finds no index left. Worker threads join while it is open, so
/// that a short loop never waits for a thread that has yet to wake up; the loop ends when those who joined have left.
/// Whoever waits looks ``Stage`` over a number of times, giving way to other threads, before it sleeps: waking up costs
/// tens of microseconds.
///
/// Linux may start or wake a thread on the processor of the thread that wakes it, and leave it waiting there for a tenth of
/// a second while another processor is idle. So the workers are kept off the processor of the calling thread.
///
/// `@unchecked Sendable` because `loop` is written only while no one else may read it, before the loop is opened, `workers`
/// before the pool is used, and `avoided` by whoever has claimed the pool.
final class PoolState: @unchecked Sendable {
  /// The number of loops begun so far, whether the last one is open, and how many worker threads are in it, in one word.
  private struct Stage {
    static let open = 1 << 16
    var bits: Int
    var isOpen: Bool { bits & Self.open != 0 }
    var workers: Int { bits & (Self.open - 1) }
    var number: Int { bits >> 17 }
    var next: Stage { Stage(bits: (number &+ 1) << 17 | Self.open) }
  }

  private let stage = Atomic<Int>(0)
  private let nextIndex = Atomic<Int>(0)
  private let isClaimed = Atomic<Bool>(false)
  private let isStopped = Atomic<Bool>(false)
  private let sleepers = Atomic<Int>(0)
  private let condition = NSCondition()
  private let looks: Int
  private var loop: UnsafePointer<Loop>?
  /// The system's numbers of the worker threads.
  private var workers: [Int32] = []
  /// The processor that they are kept off.
  private var avoided: Int32 = -1

  /// Creates the state of an idle pool.
  ///
  /// - Parameter waitsActively: Whether a thread with nothing to do looks for work for about 0.1 ms before it sleeps.
  init(waitsActively: Bool) { looks = waitsActively ? 300 : 0 }

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

  /// Returns when so many worker threads have begun to serve.
  func awaitWorkers(_ count: Int) {
    condition.lock()
    while workers.count < count { condition.wait() }
    condition.unlock()
  }

  private func beginService() {
    condition.lock()
    workers.append(current_thread())
    condition.broadcast()
    condition.unlock()
  }

  /// Takes the pool for one loop; false when a loop of another thread has it.
  func claim() -> Bool {
    isClaimed.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged
  }

  func release() { isClaimed.store(false, ordering: .releasing) }

  /// Runs a loop on the calling thread, as worker 0, and on the threads that join it.
  func execute(_ newLoop: UnsafePointer<Loop>) {
    keepWorkersAway()
    loop = newLoop
    nextIndex.store(0, ordering: .relaxed)
    stage.store(Stage(bits: stage.load(ordering: .relaxed)).next.bits, ordering: .sequentiallyConsistent)
    wakeSleepers()
    work(on: newLoop, as: 0)
    stage.bitwiseAnd(~Stage.open, ordering: .sequentiallyConsistent)
    wait { Stage(bits: stage.load(ordering: .sequentiallyConsistent)).workers == 0 }
    loop = nil
  }

  /// Keeps the worker threads off the processor of the calling thread, where each thread may have one of its own.
  private func keepWorkersAway() {
    let processor = current_processor()
    guard looks > 0 && processor != avoided else { return }
    for worker in workers { _ = keep_thread_off(worker, processor) }
    avoided = processor
  }

  /// The life of a worker thread: wait for a loop, work on it, again.
  func serve(as worker: Int) {
    beginService()
    var seen = 0
    while true {
      wait {
        let stage = Stage(bits: stage.load(ordering: .sequentiallyConsistent))
        return stage.isOpen && stage.number != seen || isStopped.load(ordering: .sequentiallyConsistent)
      }
      if isStopped.load(ordering: .relaxed) { return }
      guard let number = join() else { continue }
      seen = number
      if let loop { work(on: loop, as: worker) }
      let left = Stage(bits: stage.wrappingSubtract(1, ordering: .sequentiallyConsistent).newValue)
      if left.workers == 0 { wakeSleepers() }
    }
  }

  func stop() {
    isStopped.store(true, ordering: .sequentiallyConsistent)
    wakeSleepers()
  }

  /// Enters the open loop; the number of the loop, or `nil` where it has just closed.
  private func join() -> Int? {
    var current = Stage(bits: stage.load(ordering: .relaxed))
    while current.isOpen {
      let (joined, found) = stage.weakCompareExchange(
        expected: current.bits, desired: current.bits + 1, ordering: .acquiringAndReleasing)
      if joined { return current.number }
      current = Stage(bits: found)
    }
    return nil
  }

  private func work(on loop: UnsafePointer<Loop>, as worker: Int) {
    PoolState.isInsideLoop = true
    defer { PoolState.isInsideLoop = false }
    while true {
      let index = nextIndex.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < loop.pointee.count else { return }
      loop.pointee.type.call(at: loop.pointee.body, index, worker)
    }
  }

  private func wait(until isDone: () -> Bool) {
    for _ in 0..<looks {
      if isDone() { return }
      sched_yield()
    }
    condition.lock()
    sleepers.wrappingAdd(1, ordering: .sequentiallyConsistent)
    while !isDone() { condition.wait() }
    sleepers.wrappingSubtract(1, ordering: .relaxed)
    condition.unlock()
  }

  private func wakeSleepers() {
    guard sleepers.load(ordering: .sequentiallyConsistent) > 0 else { return }
    condition.lock()
    condition.broadcast()
    condition.unlock()
  }
}
