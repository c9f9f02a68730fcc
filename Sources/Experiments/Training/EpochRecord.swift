public import Formats
import Foundation

/// What is known of one epoch: a point of the learning curve.
public struct EpochRecord: Codable, Equatable, Sendable {
  /// The number of the epoch, from 1.
  public let epoch: Int
  /// The step size.
  public let learningRate: Double
  /// The mean over the training images of the loss that each had before its batch's step.
  public let loss: Double
  /// The logarithmic loss of the validation images; of numbers the root mean squared error, of counts the deviance.
  public let validationLoss: Double?
  /// The fraction of the validation images that is recognised; `nil` for numbers.
  public let validationAccuracy: Double?
  /// Training speed.
  public let imagesPerSecond: Double

  /// The validation loss, infinite where there is none.
  var watchedLoss: Double { validationLoss ?? .infinity }

  /// The learning curve as a table.
  public static func table(_ records: [EpochRecord]) -> CSVTable {
    var table = CSVTable(columns: [
      "epoch", "learning_rate", "loss", "validation_loss", "validation_accuracy", "images_per_second",
    ])
    for record in records {
      table.append([
        "\(record.epoch)", "\(record.learningRate)", "\(record.loss)", record.validationLoss.map { "\($0)" } ?? "",
        record.validationAccuracy.map { "\($0)" } ?? "", String(format: "%.0f", record.imagesPerSecond),
      ])
    }
    return table
  }

  /// A line of progress: `loss 0.2134  validation loss 0.1811, accuracy 94.60 %  101000 images/s`.
  public var line: String {
    let validation = validationLoss.map { loss in
      validationAccuracy.map { String(format: "  validation loss %.4f, accuracy %.2f %%", loss, 100 * $0) }
        ?? String(format: "  validation error %.4g", loss)
    }
    return String(format: "loss %.4f", loss) + (validation ?? "") + String(format: "  %.0f images/s", imagesPerSecond)
  }
}
