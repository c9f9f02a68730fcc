/// Tells two observers, the first one first.
public struct ObserverPair: ComparisonObserver {
  private let first: any ComparisonObserver
  private let second: any ComparisonObserver

  /// Joins two observers.
  public init(_ first: any ComparisonObserver, _ second: any ComparisonObserver) {
    self.first = first
    self.second = second
  }

  /// Tells both.
  public func unitFinished(_ record: UnitRecord, in arena: Arena) throws {
    try first.unitFinished(record, in: arena)
    try second.unitFinished(record, in: arena)
  }

  /// Tells both.
  public func tableFinished(_ table: TableResult, records: [UnitRecord], in arena: Arena) throws {
    try first.tableFinished(table, records: records, in: arena)
    try second.tableFinished(table, records: records, in: arena)
  }
}
