import Datasets
import Foundation
import Parallel
import Synchronization
import Tensors

/// A comparison of models on data sets, checked before anything is computed.
///
/// The unit of work is one model in one repeat on one data set at one training-set size: it fits its candidates to the
/// training images, chooses one on the validation images, and evaluates that one on the test images, once. Units run in
/// parallel and draw their randomness from streams that their names fix, so that no result depends on the order.
public struct Comparison: Sendable {
  /// What was asked.
  public let configuration: ComparisonConfiguration
  /// The tables to fill: every data set at every training-set size.
  public let arenas: [Arena]

  /// Prepares a comparison.
  ///
  /// - Parameters:
  ///   - configuration: What to compare.
  ///   - datasets: The data sets that the configuration names, in its order.
  /// - Throws: `InputError` for an unknown model, a model that the images are too small for, too few images for the
  ///   design, or numbers out of range.
  public init(_ configuration: ComparisonConfiguration, datasets: [Dataset]) throws {
    try configuration.validate()
    let configuration = try configuration.readingNetworks()
    self.configuration = configuration
    let sizes: [Double?] = configuration.trainSizes.isEmpty ? [nil] : configuration.trainSizes.map { $0 }
    arenas = try datasets.flatMap { dataset in
      try sizes.map { try Arena(dataset, trainSize: $0, configuration: configuration) }
    }
    let labels = arenas.map(\.label)
    if let repeated = labels.first(where: { label in labels.count { $0 == label } > 1 }) {
      throw InputError("--train-sizes", "two of the sizes are the same number of images: \(repeated)")
    }
  }

  /// The number of units of work.
  public var unitCount: Int { arenas.reduce(0) { $0 + $1.unitCount } }

  /// Runs the comparison on the shared pool of threads.
  ///
  /// - Parameters:
  ///   - checkpoint: What need not be done again; it gives the same bits as if it had been.
  ///   - observer: Told of every unit and every table as it is finished, one at a time.
  ///   - isCancelled: Asked now and then; when true no new unit starts, and units under way are given up.
  /// - Returns: The finished tables.
  /// - Throws: The first error of a unit or of the observer; what was finished before has been reported.
  public func run(
    from checkpoint: ComparisonCheckpoint = ComparisonCheckpoint(), observer: any ComparisonObserver,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> ComparisonOutcome {
    let ledger = Ledger(arenas: arenas, checkpoint: checkpoint, seed: configuration.seed, observer: observer)
    try ledger.closeFilledTables()
    let schedule = arenas.indices.filter { checkpoint.tables[arenas[$0].label] == nil }.flatMap { arena in
      let done = checkpoint.records[arenas[arena].label, default: []].map { [$0.split, $0.contender] }
      return arenas[arena].schedule.filter { !done.contains([$0.split, $0.contender]) }
        .map { (arena, $0.split, $0.contender) }
    }
    parallelFor(schedule.count) { index in
      guard !isCancelled() && !ledger.hasFailed else { return }
      let (arenaIndex, split, contender) = schedule[index]
      let arena = arenas[arenaIndex]
      do {
        let record = try arena.runUnit(
          split: split, contender: contender, configuration: configuration,
          isCancelled: { isCancelled() || ledger.hasFailed })
        try ledger.enter(record, arena: arenaIndex)
      } catch is CancellationError {
        return
      } catch {
        ledger.fail(error)
      }
    }
    try ledger.rethrow()
    let tables = ledger.tables
    return ComparisonOutcome(
      configuration: configuration, isInterrupted: tables.count < arenas.count, tables: tables)
  }
}

/// What is told of a comparison under way.
public protocol ComparisonObserver: Sendable {
  /// A unit is finished.
  func unitFinished(_ record: UnitRecord, in arena: Arena) throws

  /// All units of an arena are finished.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - records: Its units, ordered by repeat and then as the configuration orders the models.
  ///   - arena: The data set and its models.
  /// - Throws: What ends the comparison.
  func tableFinished(_ table: TableResult, records: [UnitRecord], in arena: Arena) throws
}

/// The results of the units under way.
///
/// Two locks: one for the records, held for a moment, and one that lets one thread at a time speak to the observer, which
/// hears of all units of an arena before it hears of its table.
private final class Ledger: Sendable {
  private struct State {
    var records: [[UnitRecord]]
    var tables: [TableResult?]
    var failure: (any Error)?
  }

  private let arenas: [Arena]
  private let seed: UInt64
  private let observer: Lock<any ComparisonObserver>
  private let state: Lock<State>
  private let failed = Atomic<Bool>(false)

  init(arenas: [Arena], checkpoint: ComparisonCheckpoint, seed: UInt64, observer: any ComparisonObserver) {
    self.arenas = arenas
    self.seed = seed
    self.observer = Lock(observer)
    state = Lock(
      State(
        records: arenas.map { checkpoint.records[$0.label] ?? [] }, tables: arenas.map { checkpoint.tables[$0.label] },
        failure: nil))
  }

  var hasFailed: Bool { failed.load(ordering: .relaxed) }

  var tables: [TableResult] { state.withLock { $0.tables.compactMap { $0 } } }

  func fail(_ error: any Error) {
    state.withLock { $0.failure = $0.failure ?? error }
    failed.store(true, ordering: .relaxed)
  }

  func rethrow() throws { if let failure = state.withLock({ $0.failure }) { throw failure } }

  func enter(_ record: UnitRecord, arena index: Int) throws {
    try observer.withLock { try $0.unitFinished(record, in: arenas[index]) }
    let complete: [UnitRecord]? = state.withLock { state in
      state.records[index].append(record)
      return state.records[index].count == arenas[index].unitCount ? state.records[index] : nil
    }
    if let complete { try close(index, complete) }
  }

  /// Makes the tables that had all their units, but were not made, when an earlier process ended.
  func closeFilledTables() throws {
    for index in arenas.indices {
      let (records, table) = state.withLock { ($0.records[index], $0.tables[index]) }
      if table == nil && records.count == arenas[index].unitCount { try close(index, records) }
    }
  }

  private func close(_ index: Int, _ records: [UnitRecord]) throws {
    let arena = arenas[index]
    let sorted = records.sorted { ($0.split, $0.contender) < ($1.split, $1.contender) }
    let table = arena.summarize(sorted, seed: seed)
    state.withLock { $0.tables[index] = table }
    try observer.withLock { try $0.tableFinished(table, records: sorted, in: arena) }
  }
}
