import Formats
import Foundation
internal import GRDB
import Tensors

extension RunStore {
  /// All runs, the newest first.
  public func runs() throws -> [Run] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM run ORDER BY id DESC").map { try run($0, database) }
    }
  }

  /// A run by its name.
  ///
  /// - Parameter name: The name; the newest run when `nil`. A path to its folder will do.
  /// - Returns: The run.
  /// - Throws: `InputError` where there is none of that name, with the nearest one.
  public func run(named name: String?) throws -> Run {
    try read { database in try run(find(name, database), database) }
  }

  /// All looks at images that models were not fitted to, in the order in which they were recorded.
  ///
  /// - Parameter run: The name of a run.
  /// - Returns: Each with its place: data set, repeat (from 1) and model.
  /// - Throws: `InputError` where the store cannot be read.
  public func evaluations(of run: Run) throws -> [RecordedEvaluation] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT evaluation.*, arena.label, unit.split, unit.model FROM evaluation \
          JOIN unit ON unit.id = evaluation.unit JOIN arena ON arena.id = unit.arena JOIN run ON run.id = arena.run \
          WHERE run.name = ? ORDER BY arena.position, unit.split, unit.id, evaluation.id
          """, arguments: [run.name]
      ).map { row in
        let label: String = row["label"]
        let family = run.parts.first { $0.label == label }?.dataset.family ?? .multinomial
        return RecordedEvaluation(
          table: label, family: family, split: row["split"] + 1, model: row["model"],
          evaluation: Evaluation(row: row, family: family))
      }
    }
  }

  /// The keys of a run.
  func key(of run: Run) throws -> RunKey {
    try read { database in
      let id: Int64 = try find(run.name, database)["id"]
      let rows = try Row.fetchAll(database, sql: "SELECT id, label FROM arena WHERE run = ?", arguments: [id])
      return RunKey(
        name: run.name, run: id, arenas: Dictionary(uniqueKeysWithValues: rows.map { ($0["label"], $0["id"]) }))
    }
  }

  /// The units of an arena that are recorded; of a finished table they have no probabilities any more.
  func units(of arena: Arena, in run: RunKey) throws -> [StoredUnit] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT * FROM unit LEFT JOIN checkpoint ON checkpoint.unit = unit.id WHERE arena = ? ORDER BY unit.id",
        arguments: [run.arenas[arena.label]]
      ).map { row in
        let evaluations = try Row.fetchAll(
          database, sql: "SELECT * FROM evaluation WHERE unit = ? ORDER BY id", arguments: [row["id"] as Int64])
        return try StoredUnit(
          row: row, evaluations: evaluations.map { Evaluation(row: $0, family: arena.family) },
          dataset: arena.dataset.name)
      }
    }
  }

  private func find(_ name: String?, _ database: Database) throws -> Row {
    let names = try String.fetchAll(database, sql: "SELECT name FROM run ORDER BY id DESC")
    guard let wanted = name.map({ ($0 as NSString).lastPathComponent }) ?? names.first else {
      throw InputError(folder.relativePath, "there is no run yet", remedy: "'basislab compare' makes one.")
    }
    let row = try Row.fetchOne(database, sql: "SELECT * FROM run WHERE name = ?", arguments: [wanted])
    guard let row else {
      let hint = Suggestion.closest(to: wanted, among: names).map { "; did you mean '\($0)'?" } ?? ""
      throw InputError(
        folder.relativePath, "there is no run '\(wanted)'\(hint)", remedy: "'basislab runs list' shows all.")
    }
    return row
  }

  private func run(_ row: Row, _ database: Database) throws -> Run {
    let (name, finished): (String, String?) = (row["name"], row["finished"])
    let parts = try Row.fetchAll(
      database, sql: "SELECT * FROM arena WHERE run = ? ORDER BY position", arguments: [row["id"] as Int64])
    let isLocked = FileLock.isHeld(folder.appendingPathComponent(name))
    return try decoding(name, version: row["version"]) { decoder in
      Run(
        name: name, state: finished != nil ? .finished : isLocked ? .running : .unfinished, version: row["version"],
        started: row["started"], finished: finished,
        configuration: try decoder.decode(
          ComparisonConfiguration.self, from: Data((row["configuration"] as String).utf8)),
        environment: try decoder.decode(RunEnvironment.self, from: Data((row["environment"] as String).utf8)),
        parts: try parts.map { part in
          Run.Part(
            label: part["label"],
            dataset: try decoder.decode(DatasetFacts.self, from: Data((part["facts"] as String).utf8)),
            table: try (part["result"] as String?).map { text in
              var table = try decoder.decode(TableResult.self, from: Data(text.utf8))
              table.draws = try (part["draws"] as Data?).map(Self.numbers) ?? []
              return table
            })
        })
    }
  }

  private static func numbers(_ bytes: Data) throws -> [Double] {
    let tensor: Tensor<Double> = try NPY.decode(ByteSource([UInt8](bytes), name: "draws in the store")).tensor()
    return tensor.elements
  }

  private func decoding(_ name: String, version: String, _ body: (JSONDecoder) throws -> Run) throws -> Run {
    do { return try body(JSONText.decoder) } catch is DecodingError {
      throw InputError(
        "run '\(name)'", "its record was written by version \(version) and cannot be read by \(CodeVersion.current)",
        remedy: "Its folder holds the same as files: \(folder.appendingPathComponent(name).relativePath)")
    }
  }
}

/// An evaluation with its place in the run.
public struct RecordedEvaluation: Encodable, Sendable {
  /// The label of the data set.
  public let table: String
  /// What the model explains.
  public let family: ModelFamily
  /// The number of the repeat, from 1.
  public let split: Int
  /// The model.
  public let model: String
  /// What was looked at, why, and what came out.
  public let evaluation: Evaluation
}
