import Formats

/// The CSV files of a run folder.
enum RunTables {
  /// A unit as these files show it.
  struct Unit {
    let arena: String
    let contender: Int
    let result: UnitResult
    let cost: ModelCost
    let seconds: Double
  }

  /// One row per model and repeat, with everything that equal configurations reproduce to the bit.
  static func results(_ units: [Unit]) -> String {
    let perturbations = units.first?.result.perturbed.map(\.perturbation) ?? []
    let columns = [
      "dataset", "train_count", "split", "model", "setting", "validation_accuracy", "validation_log_loss",
      "test_accuracy", "test_log_loss", "test_balanced_accuracy", "test_brier", "test_calibration_error",
      "refit_test_accuracy", "parameters", "links", "operations", "remark",
    ]
    var table = CSVTable(columns: columns + perturbations.map { "test_accuracy_\($0)" })
    for unit in units {
      let (result, test, cost) = (unit.result, unit.result.test, unit.cost)
      let trial = result.trials[result.chosen]
      let row = [
        result.dataset, "\(result.trainCount)", "\(result.split)", result.model, trial.setting,
        "\(trial.validation.accuracy)", "\(trial.validation.logLoss)", "\(test.accuracy)", "\(test.logLoss)",
        "\(test.balancedAccuracy)", "\(test.brier)", "\(test.calibrationError)",
        result.refit.map { "\($0.accuracy)" } ?? "", "\(cost.parameters)", "\(cost.links)", "\(cost.operations)",
        result.remark ?? "",
      ]
      table.append(row + result.perturbed.map { "\($0.score.accuracy)" })
    }
    return table.text
  }

  /// One row per setting that was tried.
  static func trials(_ units: [Unit]) -> String {
    var table = CSVTable(columns: [
      "dataset", "train_count", "split", "model", "trial", "setting", "validation_accuracy", "validation_log_loss",
      "chosen",
    ])
    for result in units.map(\.result) {
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
  static func timings(_ units: [Unit]) -> String {
    var table = CSVTable(columns: ["dataset", "train_count", "split", "model", "fit_seconds"])
    for unit in units {
      let result = unit.result
      table.append([result.dataset, "\(result.trainCount)", "\(result.split)", result.model, "\(unit.seconds)"])
    }
    return table.text
  }
}
