import Experiments
import Foundation
import Synchronization

/// Shows a comparison under way: tables on standard output, in the order of the configuration, progress on standard error.
final class CompareProgress: ComparisonObserver {
  private struct State {
    var finishedUnits = 0
    var shownTables = 0
    var waitingTables: [Int: TableResult] = [:]
  }

  private let labels: [String]
  private let unitCount: Int
  private let earlierCount: Int
  private let isQuiet: Bool
  private let printsTables: Bool
  private let started = ContinuousClock.now
  private let state: Mutex<State>

  /// Watches a comparison, of which a checkpoint says what was finished earlier.
  init(_ comparison: Comparison, from checkpoint: ComparisonCheckpoint, isQuiet: Bool, printsTables: Bool) {
    labels = comparison.arenas.map(\.label)
    unitCount = comparison.unitCount
    earlierCount = checkpoint.unitCount(of: comparison.arenas)
    let tables = labels.enumerated().compactMap { place, label in checkpoint.tables[label].map { (place, $0) } }
    state = Mutex(State(finishedUnits: earlierCount, waitingTables: Dictionary(uniqueKeysWithValues: tables)))
    self.isQuiet = isQuiet
    self.printsTables = printsTables
  }

  func unitFinished(_ record: UnitRecord, in arena: Arena) {
    let done = state.withLock { state in
      state.finishedUnits += 1
      return state.finishedUnits
    }
    guard !isQuiet && Console.isInteractive else { return }
    let elapsed = (ContinuousClock.now - started) / .seconds(1)
    let left = Int((elapsed / Double(done - earlierCount) * Double(unitCount - done)).rounded(.up))
    let unit = "\(record.result.dataset) \(record.result.model) repeat \(record.result.split)"
    Console.status("\r\u{1B}[2K\(done)/\(unitCount) fits, about \(left) s left: \(unit)")
  }

  func tableFinished(_ table: TableResult, records: [UnitRecord], in arena: Arena) throws {
    finish()
    state.withLock { $0.waitingTables[labels.firstIndex(of: arena.label)!] = table }
    try showFinishedTables()
    if !isQuiet && !(Console.isInteractive && printsTables) {
      let seconds = String(format: "%.1f", (ContinuousClock.now - started) / .seconds(1))
      Console.note("\(arena.label): \(records.count) fits done after \(seconds) s")
    }
  }

  /// Prints the finished tables that no unfinished one comes before.
  func showFinishedTables() throws {
    guard printsTables else { return }
    try state.withLock { state in
      while let next = state.waitingTables.removeValue(forKey: state.shownTables) {
        try Console.result((state.shownTables == 0 ? "" : "\n") + ComparisonTable.lines(next).joined(separator: "\n"))
        state.shownTables += 1
      }
    }
  }

  /// Clears the line of progress.
  func finish() { if !isQuiet && Console.isInteractive { Console.status("\r\u{1B}[2K") } }
}
