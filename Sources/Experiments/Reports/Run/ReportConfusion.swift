import Formats
import Foundation
import Statistics
import Tensors

/// How often images of each class are taken for each class, over all repeats.
struct ReportConfusion: Sendable {
  /// A class and what its images are taken for.
  struct Row: Sendable {
    let name: String
    let cells: [Cell]
  }

  /// A count as it is shown.
  struct Cell: Sendable {
    /// The share of the class's images in %.
    let share: String
    /// The same as a number 0…100 for the shade of the cell.
    let shade: Int
    /// `right` on the diagonal, `none` where no image was taken so.
    let style: String
    let count: Int
  }

  let model: String
  let classes: [String]
  let rows: [Row]

  /// The matrices of the best fixed and the best learned model.
  ///
  /// - Throws: `InputError` where the predictions of the run are missing or damaged.
  static func best(of table: TableResult, _ part: Run.Part, in folder: URL) throws -> [ReportConfusion] {
    let models = [table.bestFixed, table.bestLearned].compactMap { $0 }
    guard !models.isEmpty else { return [] }
    let archive = try NPZ.read(folder.appendingPathComponent("predictions/\(part.label).npz"))
    return try models.map { model in
      let (classes, count) = (part.dataset.classes.map(\.name), part.dataset.classes.count)
      var sum = Tensor<Double>.zeros([count, count])
      for split in 1...table.splits {
        let labels = try archive["split\(split)/labels"].integers()
        let probabilities: Tensor<Double> = try archive["split\(split)/\(model)"].tensor()
        sum = sum + Scores.confusion(Scores.predictions(probabilities), labels, classCount: count)
      }
      return ReportConfusion(model: model, classes: classes, counts: sum)
    }
  }

  init(model: String, classes: [String], counts: Tensor<Double>) {
    self.model = model
    self.classes = classes
    rows = classes.indices.map { row in
      let total = classes.indices.reduce(0) { $0 + counts[row, $1] }
      return Row(
        name: classes[row],
        cells: classes.indices.map { column in
          let share = total > 0 ? counts[row, column] / total : 0
          return Cell(
            share: ComparisonTable.percent(share), shade: Int((share * 100).rounded()),
            style: row == column ? "right" : share == 0 ? "none" : "wrong", count: Int(counts[row, column]))
        })
    }
  }
}
