internal import GRDB

extension Evaluation {
  /// Adds the evaluation of a unit.
  func insert(into database: Database, unit: Int64) throws {
    try database.execute(
      sql: """
        INSERT INTO evaluation (unit, part, purpose, setting, images, accuracy, balancedAccuracy, logLoss, brier, \
        calibrationError) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        unit, part.rawValue, purpose, setting, images, score.accuracy, score.balancedAccuracy, score.logLoss,
        score.brier, score.calibrationError,
      ])
  }

  /// Reads a row of the table `evaluation`; SQLite keeps a number that is none as NULL.
  init(row: Row) {
    func score(_ column: String) -> Double { row[column] as Double? ?? .nan }
    self.init(
      part: row["part"] == Part.test.rawValue ? .test : .validation, purpose: row["purpose"], setting: row["setting"],
      images: row["images"],
      score: Score(
        accuracy: score("accuracy"), balancedAccuracy: score("balancedAccuracy"), logLoss: score("logLoss"),
        brier: score("brier"), calibrationError: score("calibrationError")))
  }
}
