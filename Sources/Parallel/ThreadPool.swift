import Foundation

/// The fixed pool of threads on which all numerical work of the process runs.
///
/// Parallelism belongs to the outermost level: a `parallelFor` that is called from inside another runs its
/// iterations in order on the calling thread. The pool never decides a result: which thread runs an iteration is
/// open, and the caller fixes what each iteration computes.
public final class ThreadPool: Sendable {
  private struct Configuration {
    var threadCount: Int?
    var isUsed = false
  }

  private static let configuration = Lock(Configuration())

  /// The one pool of the process, created when it is first used.
  public static let shared = ThreadPool(
    threadCount: configuration.withLock {
      $0.isUsed = true
      return $0.threadCount
    } ?? ThreadPool.availableProcessorCount)

  /// Sets the size of the shared pool; traps after its first use.
  ///
  /// - Parameter threadCount: The number of threads, the calling one included; at least 1.
  public static func configure(threadCount: Int) {
    precondition(threadCount >= 1, "expected at least 1 thread, got \(threadCount)")
    configuration.withLock {
      precondition(!$0.isUsed, "expected the number of threads before the first use of the shared pool, got it after")
      $0.threadCount = threadCount
    }
  }

  /// What takes the place of ``shared`` within a call, for tests of thread independence.
  @TaskLocal package static var substitute: ThreadPool?

  /// The pool that `parallelFor` uses: ``shared``, or its substitute.
  package static var current: ThreadPool { substitute ?? shared }

  /// The number of threads that work on one loop, the calling thread included.
  public let threadCount: Int

  private let state: PoolState

  /// The number of workers that a loop started here would have: 1 inside another loop.
  public var workerCount: Int { PoolState.isInsideLoop ? 1 : threadCount }

  /// Creates a pool of its own; programs use ``shared``, tests of thread independence make several.
  ///
  /// - Parameter threadCount: The number of threads, the calling one included; at least 1.
  public init(threadCount: Int) {
    precondition(threadCount >= 1, "expected at least 1 thread, got \(threadCount)")
    self.threadCount = threadCount
    state = PoolState(waitsActively: threadCount <= Self.availableProcessorCount)
    for worker in 1..<max(threadCount, 1) {
      let thread = Thread { [state] in state.serve(as: worker) }
      thread.stackSize = 8 << 20
      thread.name = "basislab-\(worker)"
      thread.start()
    }
    state.awaitWorkers(threadCount - 1)
  }

  deinit { state.stop() }

  /// Runs `body` once for each index in `0..<count`, on all threads of the pool, and returns when all are done.
  ///
  /// - Parameters:
  ///   - count: The number of iterations.
  ///   - body: Receives the index and the number of the worker, `0..<workerCount`. No two simultaneous calls of one loop
  ///     have the same worker number, so that scratch memory that the loop owns can be indexed by it.
  public func run(_ count: Int, _ body: @Sendable (_ index: Int, _ worker: Int) -> Void) {
    guard claims(count) else { return runHere(count) { body($0, 0) } }
    withoutActuallyEscaping(body) { share(count, ClosureBody(closure: $0)) }
  }

  /// Runs `body` once for each index in `0..<count`, on all threads of the pool, and returns when all are done, without
  /// any allocation of its own.
  ///
  /// - Parameters:
  ///   - count: The number of iterations.
  ///   - body: What is done with each.
  public func run<Body: LoopBody>(_ count: Int, _ body: Body) {
    guard claims(count) else { return runHere(count) { body($0, 0) } }
    share(count, body)
  }

  /// Takes the pool where a loop is worth sharing and may be; whoever got it shares.
  private func claims(_ count: Int) -> Bool {
    threadCount > 1 && count > 1 && !PoolState.isInsideLoop && state.claim()
  }

  private func runHere(_ count: Int, _ body: (Int) -> Void) {
    let outer = PoolState.isInsideLoop
    PoolState.isInsideLoop = outer || count > 1
    defer { PoolState.isInsideLoop = outer }
    for index in 0..<max(0, count) { body(index) }
  }

  private func share<Body: LoopBody>(_ count: Int, _ body: Body) {
    defer { state.release() }
    withUnsafePointer(to: body) { place in
      let loop = Loop(count: count, type: Body.self, body: UnsafeRawPointer(place))
      withUnsafePointer(to: loop) { state.execute($0) }
    }
  }
}

/// Runs `body` for each index in `0..<count` on the shared pool and returns when all are done.
///
/// - Parameters:
///   - count: The number of iterations.
///   - body: Receives the index; iterations run in any order, on any thread.
public func parallelFor(_ count: Int, _ body: @Sendable (_ index: Int) -> Void) {
  ThreadPool.current.run(count) { index, _ in body(index) }
}

/// Runs `body` for each index in `0..<count` on the shared pool, telling it which worker runs it.
///
/// - Parameters:
///   - count: The number of iterations.
///   - body: Receives the index and the number of the worker, which no two simultaneous calls of one loop share.
public func parallelFor(_ count: Int, _ body: @Sendable (_ index: Int, _ worker: Int) -> Void) {
  ThreadPool.current.run(count, body)
}

/// Runs `body` for each index in `0..<count` on the shared pool, without any allocation of its own.
///
/// - Parameters:
///   - count: The number of iterations.
///   - body: What is done with each.
public func parallelFor<Body: LoopBody>(_ count: Int, _ body: Body) { ThreadPool.current.run(count, body) }

/// Computes one value for each index in `0..<count` on the shared pool.
///
/// - Parameters:
///   - count: The number of values.
///   - body: Makes the value of an index.
/// - Returns: The values in the order of their indices.
/// - Throws: The error of the lowest index that failed; the other iterations have run all the same.
public func parallelMap<Value: Sendable>(
  _ count: Int, _ body: @Sendable (_ index: Int) throws -> Value
) throws -> [Value] {
  let results = Lock([Result<Value, any Error>?](repeating: nil, count: count))
  parallelFor(count) { index in
    let result = Result { try body(index) }
    results.withLock { $0[index] = result }
  }
  return try results.withLock { $0 }.map { try $0!.get() }
}
