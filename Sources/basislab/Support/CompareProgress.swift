import Experiments
import Foundation
import Synchronization

/// Shows a comparison under way: tables on standard output as they are finished, progress on standard error.
final class CompareProgress: ComparisonObserver {
  private let unitCount: Int
  private let isQuiet: Bool
  private let printsTables: Bool
  private let started = ContinuousClock.now
  private let finishedUnits = Mutex(0)
  private let finishedTables = Mutex(0)

  init(unitCount: Int, isQuiet: Bool, printsTables: Bool) {
    self.unitCount = unitCount
    self.isQuiet = isQuiet
    self.printsTables = printsTables
  }

  func unitFinished(_ record: UnitRecord, in arena: Arena) {
    let done = finishedUnits.withLock { count in
      count += 1
      return count
    }
    guard !isQuiet && Console.isInteractive else { return }
    let elapsed = (ContinuousClock.now - started) / .seconds(1)
    let left = Int((elapsed / Double(done) * Double(unitCount - done)).rounded(.up))
    let unit = "\(record.result.dataset) \(record.result.model) repeat \(record.result.split)"
    Console.status("\r\u{1B}[2K\(done)/\(unitCount) fits, about \(left) s left: \(unit)")
  }

  func tableFinished(_ table: TableResult, records: [UnitRecord], in arena: Arena) throws {
    clearLine()
    if printsTables {
      let isFirst = finishedTables.withLock { count in
        count += 1
        return count == 1
      }
      try Console.result((isFirst ? "" : "\n") + ComparisonTable.lines(table).joined(separator: "\n"))
    }
    if !isQuiet && !(Console.isInteractive && printsTables) {
      let seconds = String(format: "%.1f", (ContinuousClock.now - started) / .seconds(1))
      Console.note("\(table.dataset): \(records.count) fits done after \(seconds) s")
    }
  }

  func finish() { clearLine() }

  private func clearLine() { if !isQuiet && Console.isInteractive { Console.status("\r\u{1B}[2K") } }
}
