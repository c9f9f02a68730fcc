internal import Parallel

extension ConvolutionWorkspace {
  /// Runs `body` for each of `count` parts of a work with the scratch memory of the worker that runs it, never with this
  /// workspace's own.
  ///
  /// - Parameters:
  ///   - count: The number of parts.
  ///   - isShared: Whether the work is worth waking other threads.
  ///   - body: Receives the part and the scratch memory.
  func forEach(_ count: Int, isShared: Bool, _ body: @Sendable (_ part: Int, _ worker: ConvolutionWorkspace) -> Void) {
    guard isShared && count > 1 else {
      reserve(workers: 1)
      for part in 0..<count { body(part, worker(0)) }
      return
    }
    reserve(workers: ThreadPool.current.workerCount)
    parallelFor(count) { part, worker in body(part, self.worker(worker)) }
  }
}
