import Experiments
import Foundation
import Parallel

/// Shows a comparison under way: tables on standard output, in the order of the configuration, progress on standard error.
final class CompareProgress: ComparisonObserver {
  private struct State {
    var finishedUnits = 0
    var finishedTrials = 0
    var best: [String: (model: String, score: Double)] = [:]
    var forecast: TimeForecast
    var shownTables = 0
    var waitingTables: [Int: TableResult] = [:]
  }

  private let labels: [String]
  private let unitCount: Int
  private let earlierCount: Int
  private let isQuiet: Bool
  private let printsTables: Bool
  private let started = ContinuousClock.now
  private let state: Lock<State>

  /// Watches a comparison, of which a checkpoint says what was finished earlier.
  init(_ comparison: Comparison, from checkpoint: ComparisonCheckpoint, isQuiet: Bool, printsTables: Bool) {
    labels = comparison.arenas.map(\.label)
    unitCount = comparison.unitCount
    earlierCount = checkpoint.unitCount(of: comparison.arenas)
    let tables = labels.enumerated().compactMap { place, label in checkpoint.tables[label].map { (place, $0) } }
    state = Lock(
      State(
        finishedUnits: earlierCount, forecast: TimeForecast(comparison, from: checkpoint),
        waitingTables: Dictionary(uniqueKeysWithValues: tables)))
    self.isQuiet = isQuiet
    self.printsTables = printsTables
  }

  func unitFinished(_ record: UnitRecord, in arena: Arena) {
    let elapsed = (ContinuousClock.now - started) / .seconds(1)
    let line = state.withLock { state in
      note(record, in: arena, &state)
      let left = Int(state.forecast.secondsLeft(after: elapsed).rounded(.up))
      let best = state.best[arena.label].map { best in
        "best of \(arena.label) so far \(best.model) with \(arena.family.quantity(best.score)) on validation, "
      }
      return
        "\(state.finishedUnits)/\(unitCount) fits (\(state.finishedTrials) trials), \(best ?? "")about \(left) s left"
    }
    if !isQuiet && Console.isInteractive { Console.status("\r\u{1B}[2K\(line)") }
  }

  private func note(_ record: UnitRecord, in arena: Arena, _ state: inout State) {
    let result = record.result
    state.finishedUnits += 1
    state.finishedTrials += result.trials.count
    state.forecast.enter(result.model, seconds: record.seconds)
    let score = result.trials[result.chosen].validation[arena.family]
    let best = state.best[arena.label]?.score
    if arena.contenders[record.contender].side != .control
      && best.map({ arena.family.lead(score, over: $0) > 0 }) ?? true
    {
      state.best[arena.label] = (result.model, score)
    }
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
