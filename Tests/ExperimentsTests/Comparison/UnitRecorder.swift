import Experiments
import Parallel

/// Keeps all units that a comparison reports.
final class UnitRecorder: ComparisonObserver {
  private let state = Lock<[UnitRecord]>([])

  var records: [UnitRecord] { state.withLock { $0 } }

  func unitFinished(_ record: UnitRecord, in arena: Arena) { state.withLock { $0.append(record) } }

  func tableFinished(_ table: TableResult, records: [UnitRecord], in arena: Arena) {}
}
