/// What an earlier process has finished of a comparison that is resumed.
public struct ComparisonCheckpoint: Sendable {
  /// The finished tables, by the label of their arena.
  public var tables: [String: TableResult] = [:]
  /// The finished units of arenas without a table, by the label of the arena.
  public var records: [String: [UnitRecord]] = [:]

  /// Nothing is finished.
  public init() {}

  /// The number of units that need not be done again.
  ///
  /// - Parameter arenas: All arenas of the comparison.
  /// - Returns: Those of finished tables, and those that are kept one by one.
  public func unitCount(of arenas: [Arena]) -> Int {
    arenas.reduce(0) { $0 + (tables[$1.label] == nil ? records[$1.label]?.count ?? 0 : $1.unitCount) }
  }
}
