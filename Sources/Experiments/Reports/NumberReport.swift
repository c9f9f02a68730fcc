public import Tensors

/// How good predictions of numbers or counts are for some images.
public struct NumberReport: Codable, Equatable, Sendable {
  /// The number of images.
  public let images: Int
  /// The root of the mean squared error; for numbers.
  public let rootMeanSquaredError: Double?
  /// R², the share of the variance that is explained; for numbers.
  public let determination: Double?
  /// The mean Poisson deviance; for counts.
  public let deviance: Double?

  /// Judges predictions.
  ///
  /// - Parameters:
  ///   - predictions: `[N, 1]`.
  ///   - numbers: The number of each image.
  ///   - family: What the numbers are, not classes.
  public init(_ predictions: Tensor<Double>, _ numbers: [Double], family: ModelFamily) {
    let score = family.score(predictions, .numbers(numbers))
    images = numbers.count
    (rootMeanSquaredError, determination, deviance) = (
      score.rootMeanSquaredError, score.determination, score.deviance
    )
  }

  /// Reports side by side, a row each.
  ///
  /// - Parameter reports: Reports and what each was made on.
  /// - Returns: The lines of the table.
  public static func lines(_ reports: [(name: String, report: NumberReport)]) -> [String] {
    let all: [(heading: String, value: (NumberReport) -> Double?)] = [
      ("RMSE", \.rootMeanSquaredError), ("R²", \.determination), ("deviance", \.deviance),
    ]
    let columns = all.filter { column in reports.contains { column.value($0.report) != nil } }
    var table = TextTable([("part", .left), ("images", .right)] + columns.map { ($0.heading, .right) })
    for (name, report) in reports {
      table.append(
        [name, "\(report.images)"] + columns.map { $0.value(report).map(ComparisonTable.fourDigits) ?? "" })
    }
    return table.lines
  }
}
