import Formats
import Foundation
internal import GRDB
import Tensors

/// The place of a run in the store: the keys of its rows.
struct RunKey: Sendable {
  let name: String
  let run: Int64
  let arenas: [String: Int64]
}

extension RunStore {
  /// Enters a new run.
  ///
  /// - Parameters:
  ///   - name: The name that the user wants; one made of the time when `nil`.
  ///   - comparison: What it is about to do.
  ///   - environment: Where and with what.
  ///   - makeFolder: Makes the folder of that name and returns whether there was none; when it throws, nothing is
  ///     entered.
  /// - Returns: The keys of the run.
  /// - Throws: `InputError` where the name is taken.
  func begin(
    name: String?, _ comparison: Comparison, environment: RunEnvironment, makeFolder: (String) throws -> Bool
  ) throws -> RunKey {
    let base = name ?? RunName.now()
    let configuration = try JSONText.encode(comparison.configuration)
    let environmentText = try JSONText.encode(environment)
    return try write { database in
      for candidate in name.map({ [$0] }) ?? [base] + (2...1000).map({ "\(base)-\($0)" }) {
        let isTaken = try Bool.fetchOne(
          database, sql: "SELECT EXISTS (SELECT 1 FROM run WHERE name = ?)", arguments: [candidate])!
        guard try !isTaken && makeFolder(candidate) else { continue }
        try database.execute(
          sql: "INSERT INTO run (name, version, started, configuration, environment) VALUES (?, ?, ?, ?, ?)",
          arguments: [candidate, CodeVersion.current, environment.started, configuration, environmentText])
        let run = database.lastInsertedRowID
        return RunKey(name: candidate, run: run, arenas: try Self.enter(comparison.arenas, of: run, database))
      }
      throw InputError(
        "run '\(base)'", "there is a run or a folder of this name in \(folder.relativePath)",
        remedy: "Choose another --name, or go on with it: basislab compare --resume \(base)")
    }
  }

  private static func enter(_ arenas: [Arena], of run: Int64, _ database: Database) throws -> [String: Int64] {
    var keys: [String: Int64] = [:]
    for (position, arena) in arenas.enumerated() {
      let facts = DatasetFacts(arena.dataset, arena.family)
      try database.execute(
        sql: "INSERT INTO arena (run, position, label, checksum, facts) VALUES (?, ?, ?, ?, ?)",
        arguments: [run, position, arena.label, facts.checksum, try JSONText.encode(facts)])
      keys[arena.label] = database.lastInsertedRowID
    }
    return keys
  }

  /// Records a unit: its evaluations, and what a resumed run needs of it.
  func record(_ record: UnitRecord, in arena: Arena, of run: RunKey) throws {
    let result = record.result
    try write { database in
      try database.execute(
        sql: """
          INSERT INTO unit (arena, split, model, trainCount, chosen, remark, seconds) VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          run.arenas[arena.label], record.split, result.model, result.trainCount, result.chosen, result.remark,
          record.seconds,
        ])
      let unit = database.lastInsertedRowID
      for evaluation in Evaluation.all(of: record, validationCount: arena.splits[record.split].validation.count) {
        try evaluation.insert(into: database, unit: unit)
      }
      try database.execute(
        sql: """
          INSERT INTO checkpoint (unit, probabilities, refitProbabilities, filters, perturbedRight) \
          VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [
          unit, Data(NPY.encode(NumPyArray(record.testPredictions))),
          record.refitPredictions.map { Data(NPY.encode(NumPyArray($0))) },
          record.filters.map { Data(NPY.encode(NumPyArray($0))) },
          record.perturbedScores.isEmpty ? nil : Data(NPY.encode(Self.matrix(record.perturbedScores))),
        ])
    }
  }

  private static func matrix(_ rows: [[Double]]) -> NumPyArray {
    NumPyArray(Tensor(rows.flatMap { $0 }, shape: [rows.count, rows[0].count]))
  }

  /// Records a finished table, after which its units need no checkpoints.
  func record(_ table: TableResult, in arena: Arena, of run: RunKey) throws {
    let text = try JSONText.encode(table)
    try write { database in
      let draws =
        table.draws.isEmpty
        ? nil : Data(NPY.encode(NumPyArray(Tensor<Double>(table.draws, shape: [table.draws.count]))))
      try database.execute(
        sql: "UPDATE arena SET result = ?, draws = ? WHERE id = ?",
        arguments: [text, draws, run.arenas[arena.label]])
      try database.execute(
        sql: "DELETE FROM checkpoint WHERE unit IN (SELECT id FROM unit WHERE arena = ?)",
        arguments: [run.arenas[arena.label]])
    }
  }

  /// Notes that all tables of a run are finished.
  func finish(_ run: RunKey) throws {
    let now = ISO8601DateFormatter().string(from: Date())
    try write { database in
      try database.execute(
        sql: "UPDATE run SET finished = ? WHERE id = ? AND finished IS NULL", arguments: [now, run.run])
    }
  }
}

/// Names of runs that nobody has chosen.
private enum RunName {
  /// The local time.
  static func now() -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "yyyy-MM-dd-HHmmss"
    return "compare-\(formatter.string(from: Date()))"
  }
}
