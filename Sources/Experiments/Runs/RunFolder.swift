import Formats
import Foundation
import Parallel
import Synchronization
import Tensors
import Yams

/// The folder of one run: what was asked, what came out, and the pictures.
///
/// | file | what |
/// |---|---|
/// | `config.yaml` | the resolved configuration; `basislab compare --config` repeats the run |
/// | `environment.yaml` | version, time, threads, processor |
/// | `log.txt` | what was done when |
/// | `results.csv` | one row per model and repeat; equal bits for equal configuration and data |
/// | `trials.csv` | every setting tried, with its validation scores |
/// | `timings.csv` | fit seconds |
/// | `tables.txt`, `results.json` | the tables, as text and as one document |
/// | `predictions/*.npz` | class probabilities of the test images, with their indices and labels |
/// | `networks/*.yaml` | the networks that files describe, as they were |
/// | `weights/*/*.safetensors` | the networks of the first repeat, with what becomes of the pixels of the source |
/// | `filters/*.npz` | learned first-layer filters of the first repeat |
/// | `figures/*.png` | examples of the images, atoms, learned first-layer filters |
///
/// Every file but the log is written beside its place and renamed; the CSV files grow while the run goes on.
public final class RunFolder: ComparisonObserver {
  private struct State {
    var units: [RunTables.Unit]
    var unwritten: [(arena: Arena, records: [UnitRecord])]
    var tables: [TableResult]
    var lastSaved = ContinuousClock.now
    var drawnAtoms: Set<String> = []
  }

  /// Where the folder is.
  public let url: URL

  private let configuration: ComparisonConfiguration
  private let state: Lock<State>

  /// The files of a run whose folder exists.
  ///
  /// - Parameters:
  ///   - url: The folder.
  ///   - configuration: What the run does.
  ///   - units: What earlier processes have finished of it.
  ///   - checkpoint: The same, as far as its tables are not finished, with predictions.
  ///   - arenas: The arenas of the run.
  init(
    _ url: URL, configuration: ComparisonConfiguration, units: [RunTables.Unit] = [],
    checkpoint: ComparisonCheckpoint = ComparisonCheckpoint(), arenas: [Arena] = []
  ) {
    self.url = url
    self.configuration = configuration
    state = Lock(
      State(
        units: units, unwritten: arenas.compactMap { arena in checkpoint.records[arena.label].map { (arena, $0) } },
        tables: arenas.compactMap { checkpoint.tables[$0.label] }))
  }

  /// Makes the folder of a new run and writes into it what the run is about to do.
  ///
  /// A folder that holds nothing else is what a process left that was killed before the run was entered, and is taken over.
  ///
  /// - Returns: The files of the run; `nil` where there is something of this name.
  /// - Throws: `InputError` where the folder cannot be made or written.
  static func make(
    _ url: URL, configuration: ComparisonConfiguration, environment: RunEnvironment
  ) throws -> RunFolder? {
    if mkdir(url.path, 0o777) != 0 {
      let problem = errno
      guard problem != EEXIST || !isAbandoned(url) else { return try begin(url, configuration, environment) }
      if problem == EEXIST { return nil }
      throw InputError(
        url.relativePath, "the folder of the run cannot be made: \(String(cString: strerror(problem)))",
        remedy: "Choose a folder that you may write to with --output.")
    }
    return try begin(url, configuration, environment)
  }

  private static func isAbandoned(_ url: URL) -> Bool {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: url.path) else { return false }
    return names.allSatisfy { ["config.yaml", "environment.yaml", "networks"].contains($0) || $0.hasSuffix(".part") }
  }

  private static func begin(
    _ url: URL, _ configuration: ComparisonConfiguration, _ environment: RunEnvironment
  ) throws -> RunFolder {
    let folder = RunFolder(url, configuration: configuration)
    try folder.write(configurationText(configuration), to: "config.yaml")
    try folder.write(YAMLEncoder().encode(environment), to: "environment.yaml")
    for network in configuration.networks ?? [] {
      try AtomicFile.write(
        network.text, to: folder.subfolder("networks").appendingPathComponent("\(network.name).yaml"))
    }
    return folder
  }

  /// A configuration as the file that repeats a run.
  static func configurationText(_ configuration: ComparisonConfiguration) throws -> String {
    try YAMLEncoder().encode(configuration.options)
  }

  /// Notes a unit, and saves the CSV files if the last time was more than a second ago.
  public func unitFinished(_ record: UnitRecord, in arena: Arena) throws {
    try state.withLock { state in
      state.units.append(RunTables.Unit(record, in: arena))
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
  func finish(_ result: ComparisonOutcome) throws {
    try state.withLock { state in
      try save(&state)
      for (arena, records) in state.unwritten { try writePredictions(records, of: arena) }
      state.unwritten = []
    }
    try writeTables(result)
  }

  /// After a failure: writes what there is, as far as that is possible; what is finished stays and is valid.
  func salvage() {
    state.withLock { state in
      try? save(&state)
      for (arena, records) in state.unwritten { try? writePredictions(records, of: arena) }
      try? writeTables(
        ComparisonOutcome(configuration: configuration, isInterrupted: true, tables: state.tables))
    }
  }

  private func writeTables(_ outcome: ComparisonOutcome) throws {
    try write(ComparisonTable.text(outcome) + "\n", to: "tables.txt")
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
    let units = state.units.sorted {
      ($0.arena, $0.result.split, $0.contender) < ($1.arena, $1.result.split, $1.contender)
    }
    try write(RunTables.results(units), to: "results.csv")
    try write(RunTables.trials(units), to: "trials.csv")
    try write(RunTables.timings(units), to: "timings.csv")
    state.lastSaved = ContinuousClock.now
  }
}

extension RunTables.Unit {
  init(_ record: UnitRecord, in arena: Arena) {
    self.init(
      arena: arena.label, contender: record.contender, result: record.result,
      cost: arena.contenders[record.contender].cost, seconds: record.seconds)
  }
}
