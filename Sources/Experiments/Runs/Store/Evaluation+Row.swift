internal import GRDB

extension Evaluation {
  private static let scores = Score.fields.map(\.name)

  /// Adds the evaluation of a unit.
  func insert(into database: Database, unit: Int64) throws {
    let columns = ["unit", "part", "purpose", "setting", "images"] + Self.scores
    let values: [(any DatabaseValueConvertible)?] =
      [unit, part.rawValue, purpose, setting, images] + Score.fields.map { score[keyPath: $0.path] }
    try database.execute(
      sql: """
        INSERT INTO evaluation (\(columns.joined(separator: ", "))) \
        VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
        """, arguments: StatementArguments(values))
  }

  /// Reads a row of the table `evaluation`; SQLite keeps a number that is none as NULL.
  ///
  /// - Parameters:
  ///   - row: The row.
  ///   - family: What the model explains, whose measure an evaluation always has.
  init(row: Row, family: ModelFamily) {
    var score = Score()
    for (name, path) in Score.fields {
      let isNamed = name == family.measure || (family == .multinomial && Self.classScores.contains(name))
      score[keyPath: path] = row[name] as Double? ?? (isNamed ? .nan : nil)
    }
    self.init(
      part: row["part"] == Part.test.rawValue ? .test : .validation, purpose: row["purpose"], setting: row["setting"],
      images: row["images"], score: score)
  }

  private static let classScores = ["balancedAccuracy", "logLoss", "brier", "calibrationError"]
}
