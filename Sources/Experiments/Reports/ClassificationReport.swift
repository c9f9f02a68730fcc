import Foundation
import LinearModels
import Statistics
public import Tensors

/// How good a classifier's outputs are for some images.
public struct ClassificationReport: Codable, Equatable, Sendable {
  /// The fraction whose class is among the k most probable.
  public struct TopAccuracy: Codable, Equatable, Sendable {
    /// The number of guesses.
    public let k: Int
    /// The fraction, 0…1.
    public let accuracy: Double
  }

  /// The number of images.
  public let images: Int
  /// The fraction that is recognised, 0…1.
  public let accuracy: Double
  /// The mean over classes of the fraction that is recognised, 0…1.
  public let balancedAccuracy: Double
  /// The fraction whose class is among the first guesses; `nil` for fewer than four classes.
  public let topAccuracy: TopAccuracy?
  /// The mean of −ln p of the true class, in nats.
  public let logLoss: Double
  /// The mean of Σₖ (pₖ − yₖ)², 0…2.
  public let brier: Double
  /// The expected calibration error in 15 bins, 0…1.
  public let calibrationError: Double
  /// How often each true class (row) was taken for each class (column).
  public let confusion: [[Int]]
  /// The names of the classes.
  public let classes: [String]

  /// Judges the outputs of a network.
  ///
  /// - Parameters:
  ///   - logits: `[N, K]`; their softmax are the probabilities.
  ///   - labels: The true class of each image.
  ///   - classes: The names of the K classes.
  ///   - place: What an error names.
  /// - Throws: `InputError` where an output is not finite.
  public init(logits: Tensor<Float>, labels: [Int], classes: [String], place: String) throws {
    if let row = labels.indices.first(where: { !logits[rows: $0..<$0 + 1].maximumMagnitude.isFinite }) {
      throw InputError(
        place, "the outputs for image \(row) of \(labels.count) are not finite",
        remedy: "Look for pixels that are not numbers, and for weights that grew beyond all bounds in training: "
          + "a smaller learning rate prevents it.")
    }
    let probabilities = LinearModels.Softmax.probabilities(logits.map { Double($0) })
    let predictions = Scores.predictions(probabilities)
    let confusion = Scores.confusion(predictions, labels, classCount: classes.count)
    let guesses = classes.count >= 10 ? 5 : 2
    images = labels.count
    accuracy = Scores.accuracy(predictions, labels)
    balancedAccuracy = Scores.balancedAccuracy(predictions, labels)
    topAccuracy =
      classes.count < 4
      ? nil : TopAccuracy(k: guesses, accuracy: Scores.topAccuracy(guesses, probabilities, labels))
    logLoss = Scores.logLoss(probabilities, labels)
    brier = Scores.brier(probabilities, labels)
    calibrationError = Scores.calibrationError(probabilities, labels)
    self.confusion = classes.indices.map { row in classes.indices.map { Int(confusion[row, $0]) } }
    self.classes = classes
  }

  /// The confusion matrix as a table: a row for each true class, a column for each predicted one.
  public var confusionLines: [String] {
    var table = TextTable([("true \\ predicted", .left)] + classes.map { ($0, .right) } + [("recall %", .right)])
    for (label, counts) in confusion.enumerated() {
      let all = counts.reduce(0, +)
      let recall = all == 0 ? "" : String(format: "%.1f", 100 * Double(counts[label]) / Double(all))
      table.append([classes[label]] + counts.map { $0 == 0 ? "·" : "\($0)" } + [recall])
    }
    return table.lines
  }

  /// Reports side by side, a row each.
  ///
  /// - Parameter reports: Reports and what each was made on.
  /// - Returns: The lines of the table.
  public static func lines(_ reports: [(name: String, report: ClassificationReport)]) -> [String] {
    let top = reports.first?.report.topAccuracy.map { [("top-\($0.k) %", TextTable.Alignment.right)] } ?? []
    var table = TextTable(
      [("part", .left), ("images", .right), ("accuracy %", .right), ("error %", .right), ("balanced %", .right)] + top
        + [("log loss", .right), ("Brier", .right), ("calibration error", .right)])
    for (name, report) in reports { table.append([name] + report.cells) }
    return table.lines
  }

  private var cells: [String] {
    func percent(_ share: Double) -> String { String(format: "%.2f", 100 * share) }
    func decimal(_ value: Double) -> String { String(format: "%.4f", value) }
    return ["\(images)", percent(accuracy), percent(1 - accuracy), percent(balancedAccuracy)]
      + (topAccuracy.map { [percent($0.accuracy)] } ?? []) + [
        decimal(logLoss), decimal(brier), decimal(calibrationError),
      ]
  }
}
