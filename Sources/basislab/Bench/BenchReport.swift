import Parallel
import Tensors
import Workloads

/// What one measurement shows.
struct BenchReport: Encodable {
  let work: String
  let items: Int
  let itemsPerSecond: Double
  let medianSeconds: Double
  let threads: Int
  let peakBytes: Int?

  enum CodingKeys: String, CodingKey {
    case work, items, threads
    case itemsPerSecond = "items_per_second"
    case medianSeconds = "median_seconds"
    case peakBytes = "peak_bytes"
  }

  /// Runs a work until some seconds are filled, and at least once after a run that is not counted.
  init(_ workload: any Workload, seconds: Double) throws {
    let contender = try workload.makeContender(RandomStream(seed: 1).split(workload.name))
    let median = try Stopwatch.medianSeconds(filling: seconds, contender.run)
    work = workload.name
    items = contender.itemCount
    itemsPerSecond = Double(items) / median
    medianSeconds = median
    threads = ThreadPool.shared.threadCount
    peakBytes = PeakMemory.byteCount
  }

  /// One line for people.
  var line: String {
    let memory = peakBytes.map { ", at most \($0 >> 20) MiB of memory" } ?? ""
    return "\(work): \(Int(itemsPerSecond.rounded()).groupedDigits) items/s, \(items) in "
      + "\((medianSeconds * 1e6).rounded() / 1e3) ms on \(threads) threads\(memory)"
  }
}
