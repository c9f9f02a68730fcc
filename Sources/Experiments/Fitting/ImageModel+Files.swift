import Formats
import Foundation
import LinearModels
import Tensors

extension ImageModelFit {
  /// Writes the model as arrays that NumPy reads.
  ///
  /// `weights` `[K, D]` and `intercepts` `[K]` for columns (features − `mean`)/`scale`; the names of the `features` and
  /// `scores`; `strength` (λ) and `converged` (0 or 1).
  ///
  /// - Parameter url: The file, which is replaced where it exists.
  /// - Throws: `InputError` where it cannot be written.
  public func write(npz url: URL) throws {
    let (columns, weights) = (model.columns, model.model.weights)
    let count = weights.shape[1]
    try NPZ.write(
      [
        ("weights", NumPyArray(weights)), ("intercepts", NumPyArray(model.model.intercepts)),
        ("mean", NumPyArray(Tensor(columns.standardizer?.mean ?? [Double](repeating: 0, count: count)))),
        ("scale", NumPyArray(Tensor(columns.standardizer?.scale ?? [Double](repeating: 1, count: count)))),
        ("features", NumPyArray(columns.features.names)), ("scores", NumPyArray(target.scores)),
        ("strength", NumPyArray(Tensor([fit.penalty.strength]))), ("converged", NumPyArray([fit.converged ? 1 : 0])),
      ], to: url)
  }

  /// One row for each score and feature: its weight, and standard error, statistic, p value and interval where there are any.
  public var coefficientTable: CSVTable {
    var table = CSVTable(columns: [
      "score", "feature", "coefficient", "standard_error", "statistic", "p_value", "lower", "upper", "converged",
    ])
    let names = model.columns.features.names + ["intercept"]
    let parameters = model.model
    let (errors, statistics, pValues) = (inference?.standardErrors, inference?.statistics, inference?.pValues)
    let intervals = inference?.intervals()
    for (row, score) in target.scores.enumerated() {
      for (column, name) in names.enumerated() {
        let isIntercept = column == names.count - 1
        let estimate = isIntercept ? parameters.intercepts[row] : parameters.weights[row, column]
        let interval = intervals?[row * names.count + column]
        let numbers = [
          errors?[row, column], statistics?[row, column], pValues?[row, column], interval?.lower, interval?.upper,
        ]
        table.append(
          [score, name, "\(estimate)"] + numbers.map { $0.map { "\($0)" } ?? "" } + [fit.converged ? "yes" : "no"])
      }
    }
    return table
  }
}
