import Formats

/// The CSV files of a run folder.
enum RunTables {
  /// One row per model and repeat, with everything that equal configurations reproduce to the bit.
  static func results(_ records: [(record: UnitRecord, cost: ModelCost)]) -> String {
    var table = CSVTable(columns: [
      "dataset", "train_count", "split", "model", "setting", "validation_accuracy", "validation_log_loss",
      "test_accuracy", "test_log_loss", "parameters", "links", "operations", "remark",
    ])
    for (record, cost) in records {
      let result = record.result
      let trial = result.trials[result.chosen]
      table.append([
        result.dataset, "\(result.trainCount)", "\(result.split)", result.model, trial.setting,
        "\(trial.validation.accuracy)", "\(trial.validation.logLoss)", "\(result.test.accuracy)",
        "\(result.test.logLoss)",
        "\(cost.parameters)", "\(cost.links)", "\(cost.operations)", result.remark ?? "",
      ])
    }
    return table.text
  }

  /// One row per setting that was tried.
  static func trials(_ records: [UnitRecord]) -> String {
    var table = CSVTable(columns: [
      "dataset", "train_count", "split", "model", "trial", "setting", "validation_accuracy", "validation_log_loss",
      "chosen",
    ])
    for result in records.map(\.result) {
      for (index, trial) in result.trials.enumerated() {
        table.append([
          result.dataset, "\(result.trainCount)", "\(result.split)", result.model, "\(index + 1)", trial.setting,
          "\(trial.validation.accuracy)", "\(trial.validation.logLoss)", index == result.chosen ? "yes" : "no",
        ])
      }
    }
    return table.text
  }

  /// One row per model and repeat with the seconds that its fits took.
  static func timings(_ records: [UnitRecord]) -> String {
    var table = CSVTable(columns: ["dataset", "train_count", "split", "model", "fit_seconds"])
    for record in records {
      let result = record.result
      table.append([result.dataset, "\(result.trainCount)", "\(result.split)", result.model, "\(record.seconds)"])
    }
    return table.text
  }
}
