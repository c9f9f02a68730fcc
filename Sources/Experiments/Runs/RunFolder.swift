import Foundation
import Formats
import Synchronization
import Tensors
import Yams

/// The folder of one run: what was asked, what came out, and the pictures.
///
/// | file | what |
/// |---|---|
/// | `config.yaml` | the resolved configuration; `basislab compare --config` repeats the run |
/// | `environment.yaml` | version, time, threads, processor |
/// | `results.csv` | one row per model and repeat; equal bits for equal configuration and data |
/// | `trials.csv` | every setting tried, with its validation scores |
/// | `timings.csv` | fit seconds |
/// | `tables.txt`, `results.json` | the tables, as text and as one document |
/// | `predictions/*.npz` | class probabilities of the test images, with their indices and labels |
/// | `figures/*.png` | examples of the images, atoms, learned first-layer filters |
///
/// Every file is written beside its place and renamed; the CSV files grow while the run goes on.
public final class RunFolder: ComparisonObserver {
  private struct State {
    var records: [(arena: String, record: UnitRecord, cost: ModelCost)] = []
    var unwritten: [(arena: Arena, records: [UnitRecord])] = []
    var lastSaved = ContinuousClock.now
    var drawnAtoms: Set<String> = []
    var tables: [TableResult] = []
  }

  /// Where the folder is.
  public let url: URL

  private let configuration: ComparisonConfiguration
  private let state = Mutex(State())

  private init(url: URL, configuration: ComparisonConfiguration) {
    self.url = url
    self.configuration = configuration
  }

  /// Makes a new folder, named by the time, and writes the configuration into it.
  ///
  /// - Parameters:
  ///   - parent: The folder that holds the runs; made if it is missing.
  ///   - configuration: What the run is about to do.
  /// - Returns: The folder.
  /// - Throws: `InputError` where the folder cannot be made or written.
  public static func create(in parent: URL, configuration: ComparisonConfiguration) throws -> RunFolder {
    let folder = RunFolder(url: try makeFolder(in: parent), configuration: configuration)
    try folder.write(YAMLEncoder().encode(configuration), to: "config.yaml")
    try folder.write(YAMLEncoder().encode(RunEnvironment.current()), to: "environment.yaml")
    return folder
  }

  private static func makeFolder(in parent: URL) throws -> URL {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "yyyy-MM-dd-HHmmss"
    let name = "compare-\(formatter.string(from: Date()))"
    do {
      try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
      for suffix in [""] + (2...1000).map({ "-\($0)" }) {
        let url = parent.appendingPathComponent(name + suffix)
        if mkdir(url.path, 0o777) == 0 { return url }
        guard errno == EEXIST else {
          throw CocoaError(.fileWriteUnknown, userInfo: [NSLocalizedDescriptionKey: String(cString: strerror(errno))])
        }
      }
      throw InputError(parent.path, "holds too many runs of the same second")
    } catch let error as InputError {
      throw error
    } catch {
      var isFolder: ObjCBool = true
      let isFile = FileManager.default.fileExists(atPath: parent.path, isDirectory: &isFolder) && !isFolder.boolValue
      throw InputError(
        parent.path,
        isFile ? "is a file; a folder for the runs was expected" : "no folder for the runs can be made here",
        remedy: "Choose a folder that you may write to with --output.")
    }
  }

  /// Notes a unit, and saves the CSV files if the last time was more than a second ago.
  public func unitFinished(_ record: UnitRecord, in arena: Arena) throws {
    try state.withLock { state in
      state.records.append((arena.label, record, arena.contenders[record.contender].cost))
      if let index = state.unwritten.firstIndex(where: { $0.arena.label == arena.label }) {
        state.unwritten[index].records.append(record)
      } else {
        state.unwritten.append((arena, [record]))
      }
      if ContinuousClock.now - state.lastSaved > .seconds(1) { try save(&state) }
    }
  }

  /// Writes the predictions and the pictures of a data set.
  public func tableFinished(_ table: TableResult, records: [UnitRecord], in arena: Arena) throws {
    try state.withLock { state in
      state.tables.append(table)
      try save(&state)
      try writePredictions(records, of: arena)
      state.unwritten.removeAll { $0.arena.label == arena.label }
      try drawPictures(records, of: arena, drawnAtoms: &state.drawnAtoms)
    }
  }

  /// Writes the tables, and the predictions of data sets that an interruption left unfinished.
  ///
  /// - Parameter result: The result of the run.
  /// - Throws: `InputError` where a file cannot be written.
  public func finish(_ result: ComparisonOutcome) throws {
    try state.withLock { state in
      try save(&state)
      for (arena, records) in state.unwritten { try writePredictions(records, of: arena) }
      state.unwritten = []
    }
    try writeTables(result)
  }

  /// After a failure: writes what there is, as far as that is possible; what is finished stays and is valid.
  public func salvage() {
    state.withLock { state in
      try? save(&state)
      for (arena, records) in state.unwritten { try? writePredictions(records, of: arena) }
      try? writeTables(
        ComparisonOutcome(configuration: configuration, isInterrupted: true, tables: state.tables))
    }
  }

  private func writeTables(_ outcome: ComparisonOutcome) throws {
    let tables = outcome.tables.map { ComparisonTable.lines($0).joined(separator: "\n") + "\n" }
    try write(tables.joined(separator: "\n"), to: "tables.txt")
    try write(JSONText.encode(outcome) + "\n", to: "results.json")
  }

  func write(_ text: String, to name: String) throws {
    try AtomicFile.write(text, to: url.appendingPathComponent(name))
  }

  func subfolder(_ name: String) throws -> URL {
    let folder = url.appendingPathComponent(name)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw InputError(folder.path, "cannot make the folder: \(error.localizedDescription)")
    }
    return folder
  }

  private func save(_ state: inout State) throws {
    let records = state.records.sorted {
      ($0.arena, $0.record.split, $0.record.contender) < ($1.arena, $1.record.split, $1.record.contender)
    }
    try write(RunTables.results(records.map { ($0.record, $0.cost) }), to: "results.csv")
    try write(RunTables.trials(records.map(\.record)), to: "trials.csv")
    try write(RunTables.timings(records.map(\.record)), to: "timings.csv")
    state.lastSaved = ContinuousClock.now
  }
}
