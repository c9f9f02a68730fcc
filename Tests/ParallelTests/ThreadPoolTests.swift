import Foundation
import Parallel
import Synchronization
import Testing

@Suite struct ThreadPoolTests {
  @Test(arguments: [1, 2, 3, 8], [0, 1, 2, 7, 1000])
  func everyIndexRunsOnce(threads: Int, count: Int) {
    let pool = ThreadPool(threadCount: threads)
    let visits = Lock([Int](repeating: 0, count: count))
    pool.run(count) { index, worker in
      #expect((0..<threads).contains(worker))
      visits.withLock { $0[index] += 1 }
    }
    #expect(visits.withLock { $0 } == [Int](repeating: 1, count: count))
  }

  @Test(arguments: [1, 2, 3], [0, 1, 2, 1000])
  func aBodyOfItsOwnTypeRunsAsAClosureDoes(threads: Int, count: Int) {
    let visits = Lock([Int](repeating: 0, count: count))
    ThreadPool(threadCount: threads).run(count, Visit(step: 7, visits: visits))
    #expect(visits.withLock { $0 } == [Int](repeating: 7, count: count))
    parallelFor(count, Visit(step: 2, visits: visits))
    #expect(visits.withLock { $0 } == [Int](repeating: 9, count: count))
  }

  /// Linux may leave a worker waiting behind the thread that woke it, while another processor is idle.
  @Test(
    .enabled(if: ThreadPool.availableProcessorCount > 1 && FileManager.default.fileExists(atPath: "/proc/self/task")))
  func workersAreKeptOffTheProcessorOfTheCallingThread() throws {
    let tasks = "/proc/self/task"
    func status(_ task: String) -> String? { try? String(contentsOfFile: "\(tasks)/\(task)/status", encoding: .utf8) }
    let before = Set(try FileManager.default.contentsOfDirectory(atPath: tasks))
    let pool = ThreadPool(threadCount: 2)
    pool.run(2) { _, _ in }
    let all = ThreadPool.allowedProcessors(
      processStatus: try String(contentsOfFile: "/proc/self/status", encoding: .utf8))
    let others = try FileManager.default.contentsOfDirectory(atPath: tasks).filter { !before.contains($0) }
      .compactMap(status)
    #expect(others.contains { ThreadPool.allowedProcessors(processStatus: $0) == all! - 1 })
    withExtendedLifetime(pool) {}
  }

  @Test func workersThatRunTogetherDifferInNumber() {
    let pool = ThreadPool(threadCount: 4)
    let active = Lock(Set<Int>())
    pool.run(2000) { _, worker in
      #expect(active.withLock { $0.insert(worker).inserted })
      active.withLock { _ = $0.remove(worker) }
    }
  }

  /// Two iterations that wait for each other, which one thread after the other never ends.
  @Test func iterationsRunAtTheSameTime() {
    let pool = ThreadPool(threadCount: 2)
    let arrivals = Atomic(0)
    let meetings = Atomic(0)
    pool.run(2) { _, _ in
      arrivals.wrappingAdd(1, ordering: .relaxed)
      let deadline = ContinuousClock.now + .seconds(30)
      while arrivals.load(ordering: .relaxed) < 2 && ContinuousClock.now < deadline {
        Thread.sleep(forTimeInterval: 0.001)
      }
      if arrivals.load(ordering: .relaxed) == 2 { meetings.wrappingAdd(1, ordering: .relaxed) }
    }
    #expect(meetings.load(ordering: .relaxed) == 2)
  }

  @Test func severalThreadsMayUseOnePool() {
    let pool = ThreadPool(threadCount: 3)
    let sums = Lock([Int](repeating: 0, count: 4))
    let finished = DispatchSemaphore(value: 0)
    for caller in 0..<4 {
      Thread.detachNewThread {
        for _ in 0..<50 {
          let sum = Lock(0)
          let active = Lock(Set<Int>())
          pool.run(100) { index, worker in
            #expect(active.withLock { $0.insert(worker).inserted })
            sum.withLock { $0 += index }
            active.withLock { _ = $0.remove(worker) }
          }
          sums.withLock { $0[caller] += sum.withLock { $0 } }
        }
        finished.signal()
      }
    }
    for _ in 0..<4 { finished.wait() }
    #expect(sums.withLock { $0 } == [Int](repeating: 50 * 4950, count: 4))
  }

  @Test func aLoopInsideALoopHasOneWorker() {
    let pool = ThreadPool(threadCount: 3)
    let other = ThreadPool(threadCount: 2)
    #expect(pool.workerCount == 3)
    pool.run(5) { _, _ in #expect(pool.workerCount == 1 && other.workerCount == 1) }
    #expect(pool.workerCount == 3)
  }

  @Test func theSharedPoolIsConfiguredBeforeItsFirstUse() async {
    await #expect(processExitsWith: .success) {
      ThreadPool.configure(threadCount: 3)
      precondition(ThreadPool.shared.threadCount == 3)
    }
    await #expect(processExitsWith: .failure) {
      _ = ThreadPool.shared
      ThreadPool.configure(threadCount: 3)
    }
  }

  @Test func nestedLoopsRunInlineInOrder() {
    let pool = ThreadPool(threadCount: 4)
    let orders = Lock([[Int]](repeating: [], count: 8))
    pool.run(8) { outer, _ in
      var order: [Int] = []
      withUnsafeMutablePointer(to: &order) { pointer in
        let target = UncheckedBox(pointer)
        pool.run(5) { inner, worker in
          #expect(worker == 0)
          target.value.pointee.append(inner)
        }
      }
      orders.withLock { $0[outer] = order }
    }
    #expect(orders.withLock { $0 }.allSatisfy { $0 == [0, 1, 2, 3, 4] })
  }

  @Test func mapKeepsOrderAndThrowsTheFirstError() throws {
    #expect(try parallelMap(100) { $0 * $0 } == (0..<100).map { $0 * $0 })
    #expect(throws: IndexError(index: 3)) {
      _ = try parallelMap(100) { index in
        if index >= 3 { throw IndexError(index: index) }
        return index
      }
    }
  }

  @Test(arguments: [("150000 100000", 2), ("100000 100000\n", 1), ("max 100000", nil), ("", nil), ("x y", nil)])
  func processorQuotaOfAControlGroup(line: String, expected: Int?) {
    #expect(ThreadPool.processorQuota(controlGroupLimit: line) == expected)
    #expect(ThreadPool.availableProcessorCount >= 1)
  }

  @Test(arguments: [
    ("1:cpu:/x\n0::/a.slice/b\n", ["/a.slice/b", "/a.slice", ""]), ("0::/\n", [""]), ("0::/../x\n", [""]),
    ("4:memory:/x\n", [""]), (nil, [""]),
  ])
  func controlGroupsOfAProcess(groups: String?, expected: [String]) {
    #expect(ThreadPool.controlGroupFolders(processGroups: groups) == expected.map { "/sys/fs/cgroup" + $0 })
  }

  @Test(arguments: [("Cpus_allowed_list:\t0-3,8\n", 5), ("Pid: 1\nCpus_allowed_list:\t7\nx: 1", 1), ("", nil)])
  func affinityOfAProcess(status: String, expected: Int?) {
    #expect(ThreadPool.allowedProcessors(processStatus: status) == expected)
  }

  @Test(arguments: [
    ("processor\t: 0\nmodel name\t: Ace: 3\nmodel name\t: B\n", "Ace: 3"), ("flags: x", nil), (nil, nil),
  ])
  func processorOfAMachine(list: String?, expected: String?) {
    #expect(Processor.name(inProcessorList: list) == expected)
    #expect(!Processor.name.isEmpty)
  }
}

private struct Visit: LoopBody {
  let step: Int
  let visits: Lock<[Int]>

  func callAsFunction(_ index: Int, _ worker: Int) { visits.withLock { $0[index] += step } }
}

private struct IndexError: Error, Equatable { let index: Int }

/// `Sendable` because a loop inside another runs on one thread.
private struct UncheckedBox<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}
