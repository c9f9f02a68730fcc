public import Foundation
import Tensors

/// Keeps a comparison under way in the store and in its folder, so that it can be resumed wherever it ends.
///
/// A unit is recorded in the store before anybody else hears of it, its network's weights still earlier. A table is recorded last, after its predictions and
/// pictures are written: a process that is killed in between makes the same files again.
public final class RunRecorder: ComparisonObserver {
  /// The name of the run.
  public let name: String
  /// The folder of the run.
  public let folder: RunFolder
  /// What earlier processes have finished of the run.
  public let checkpoint: ComparisonCheckpoint

  private let store: RunStore
  private let key: RunKey
  private let lock: FileLock
  private let log: RunLog

  private init(
    _ store: RunStore, _ key: RunKey, _ folder: RunFolder, _ lock: FileLock, _ checkpoint: ComparisonCheckpoint
  ) {
    name = key.name
    self.folder = folder
    self.checkpoint = checkpoint
    self.store = store
    self.key = key
    self.lock = lock
    log = RunLog(url: folder.url.appendingPathComponent("log.txt"))
  }

  /// Begins a run.
  ///
  /// - Parameters:
  ///   - comparison: What it is about to do.
  ///   - name: Its name; one made of the time when `nil`.
  ///   - runs: The folder of runs; made if it is missing.
  /// - Returns: The recorder.
  /// - Throws: `InputError` where the name is taken, or the store or the folder cannot be written.
  public static func begin(_ comparison: Comparison, name: String? = nil, in runs: URL) throws -> RunRecorder {
    let store = try RunStore.open(in: runs)
    let environment = RunEnvironment.current()
    var made: (folder: RunFolder, lock: FileLock)?
    let key = try store.begin(name: name, comparison, environment: environment) { name in
      let url = runs.appendingPathComponent(name)
      guard
        let folder = try RunFolder.make(url, configuration: comparison.configuration, environment: environment),
        let lock = try FileLock(url)
      else { return false }
      made = (folder, lock)
      return true
    }
    guard let made else { preconditionFailure("expected the folder of the run that was entered, got none") }
    let recorder = RunRecorder(store, key, made.folder, made.lock, ComparisonCheckpoint())
    recorder.log.note("began: \(comparison.unitCount) fits on \(environment.threads) threads")
    return recorder
  }

  /// Goes on with a run that was interrupted.
  ///
  /// - Parameters:
  ///   - name: The name of the run.
  ///   - comparison: What is to be done; the same as the run was begun with.
  ///   - runs: The folder of runs.
  /// - Returns: The recorder.
  /// - Throws: `InputError` where there is no such run, another process is at work on it, or the configuration, the data
  ///   or the version have changed.
  public static func resume(_ name: String, _ comparison: Comparison, in runs: URL) throws -> RunRecorder {
    let run = try RunStore.existing(in: runs).run(named: name)
    let url = runs.appendingPathComponent(run.name)
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw InputError("run '\(run.name)'", "its folder \(url.relativePath) is gone", remedy: "Begin a new run.")
    }
    guard let lock = try FileLock(url) else {
      throw InputError("run '\(run.name)'", "another process is at work on it", remedy: "Wait for it, or end it.")
    }
    try ResumeCheck.require(comparison, continues: run)
    let store = try RunStore.open(in: runs)
    let key = try store.key(of: run)
    let (units, checkpoint) = try finished(comparison, run, key, store)
    let folder = RunFolder(
      url, configuration: comparison.configuration, units: units, checkpoint: checkpoint, arenas: comparison.arenas)
    let recorder = RunRecorder(store, key, folder, lock, checkpoint)
    recorder.log.note("resumed: \(units.count) of \(comparison.unitCount) fits were done")
    return recorder
  }

  private static func finished(
    _ comparison: Comparison, _ run: Run, _ key: RunKey, _ store: RunStore
  ) throws -> ([RunTables.Unit], ComparisonCheckpoint) {
    var (units, checkpoint): ([RunTables.Unit], ComparisonCheckpoint) = ([], ComparisonCheckpoint())
    for (arena, part) in zip(comparison.arenas, run.parts) {
      checkpoint.tables[arena.label] = part.table
      for unit in try store.units(of: arena, in: key) {
        guard let contender = arena.contenders.firstIndex(where: { $0.name == unit.result.model }) else { continue }
        units.append(
          RunTables.Unit(
            arena: arena.label, contender: contender, result: unit.result, cost: arena.contenders[contender].cost,
            seconds: unit.seconds))
        if part.table == nil, let record = try unit.record(in: arena) {
          checkpoint.records[arena.label, default: []].append(record)
        }
      }
    }
    return (units, checkpoint)
  }

  /// Records a unit, first its network's weights, then in the store.
  public func unitFinished(_ record: UnitRecord, in arena: Arena) throws {
    try folder.keepNetwork(record, in: arena)
    try store.record(record, in: arena, of: key)
    try folder.unitFinished(record, in: arena)
    let seconds = (record.seconds * 1000).rounded() / 1000
    log.note("\(arena.label): \(record.result.model), repeat \(record.split + 1), fitted in \(seconds) s")
  }

  /// Writes the predictions and pictures of a table and records it.
  public func tableFinished(_ table: TableResult, records: [UnitRecord], in arena: Arena) throws {
    try folder.tableFinished(table, records: records, in: arena)
    try store.record(table, in: arena, of: key)
    log.note("\(arena.label): table finished")
  }

  /// Ends the run for now: finished, or interrupted.
  ///
  /// - Parameter outcome: What came out.
  /// - Throws: `InputError` where a file or the store cannot be written.
  public func finish(_ outcome: ComparisonOutcome) throws {
    try folder.finish(outcome)
    if !outcome.isInterrupted { try store.finish(key) }
    log.note(outcome.isInterrupted ? "interrupted" : "finished")
    lock.release()
  }

  /// Ends the run after a failure: writes what there is, as far as that is possible; what is finished stays and is valid.
  public func salvage(after error: any Error) {
    folder.salvage()
    log.note("failed: \("\(error)".replacing("\n", with: " "))")
    lock.release()
  }
}
