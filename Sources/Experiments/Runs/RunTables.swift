import Formats
import Tensors

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

  /// A score with the name of its column behind `validation_` or `test_`.
  private typealias Column = (name: String, path: WritableKeyPath<Score, Double?> & Sendable)

  private static let validationColumns: [Column] = [
    ("accuracy", \.accuracy), ("log_loss", \.logLoss), ("root_mean_squared_error", \.rootMeanSquaredError),
    ("determination", \.determination), ("deviance", \.deviance),
  ]
  private static let testColumns: [Column] = [
    ("accuracy", \.accuracy), ("log_loss", \.logLoss), ("balanced_accuracy", \.balancedAccuracy), ("brier", \.brier),
    ("calibration_error", \.calibrationError), ("root_mean_squared_error", \.rootMeanSquaredError),
    ("determination", \.determination), ("deviance", \.deviance),
  ]

  /// The columns that any of these units fills; those of classes where there are none.
  private static func used(_ columns: [Column], _ units: [Unit]) -> [Column] {
    let classes = Score(probabilities: Tensor([1.0, 0], shape: [1, 2]), labels: [0])
    let scores = units.isEmpty ? [classes] : units.map(\.result.test)
    return columns.filter { column in scores.contains { $0[keyPath: column.path] != nil } }
  }

  private static func cells(_ columns: [Column], _ score: Score?) -> [String] {
    columns.map { column in score?[keyPath: column.path].map { "\($0)" } ?? "" }
  }

  /// One row per model and repeat, with everything that equal configurations reproduce to the bit.
  static func results(_ units: [Unit]) -> String {
    let perturbations = units.first?.result.perturbed.map(\.perturbation) ?? []
    let (validation, test) = (used(validationColumns, units), used(testColumns, units))
    let measures = used(
      testColumns.filter { ["accuracy", "root_mean_squared_error", "deviance"].contains($0.name) }, units)
    var table = CSVTable(
      columns: ["dataset", "train_count", "split", "model", "setting"] + validation.map { "validation_\($0.name)" }
        + test.map { "test_\($0.name)" } + measures.map { "refit_test_\($0.name)" }
        + ["parameters", "links", "operations", "remark"]
        + perturbations.flatMap { name in measures.map { "test_\($0.name)_\(name)" } })
    for unit in units {
      let (result, cost) = (unit.result, unit.cost)
      let trial = result.trials[result.chosen]
      let head = [result.dataset, "\(result.trainCount)", "\(result.split)", result.model, trial.setting]
      let sizes = ["\(cost.parameters)", "\(cost.links)", "\(cost.operations)", result.remark ?? ""]
      table.append(
        head + cells(validation, trial.validation) + cells(test, result.test) + cells(measures, result.refit) + sizes
          + result.perturbed.flatMap { cells(measures, $0.score) })
    }
    return table.text
  }

  /// One row per setting that was tried.
  static func trials(_ units: [Unit]) -> String {
    let validation = used(validationColumns, units)
    var table = CSVTable(
      columns: ["dataset", "train_count", "split", "model", "trial", "setting"]
        + validation.map { "validation_\($0.name)" } + ["chosen"])
    for result in units.map(\.result) {
      for (index, trial) in result.trials.enumerated() {
        table.append(
          [result.dataset, "\(result.trainCount)", "\(result.split)", result.model, "\(index + 1)", trial.setting]
            + cells(validation, trial.validation) + [index == result.chosen ? "yes" : "no"])
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
