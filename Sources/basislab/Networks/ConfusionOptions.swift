import ArgumentParser
import Experiments
import Figures
import Foundation
import Tensors

/// The option that draws a confusion matrix.
struct ConfusionOptions: ParsableArguments {
  /// Matrices of more classes are no pictures for people.
  private static let largestClassCount = 60

  @Option(help: ArgumentHelp("Draw which classes were taken for which.", valueName: "file.svg|.png"))
  var confusion: String?

  func validate() throws {
    if let confusion { _ = try Usage.check { try Ending(of: confusion, among: [.svg, .png], for: "--confusion") } }
  }

  /// Draws the matrix, where that is asked for.
  ///
  /// - Parameters:
  ///   - report: What it is taken from.
  ///   - name: What the images are.
  /// - Throws: `InputError` for too many classes, or where the file cannot be written.
  func draw(_ report: ClassificationReport, of name: String) throws {
    guard let confusion else { return }
    guard report.classes.count <= Self.largestClassCount else {
      throw InputError(
        "--confusion",
        "expected at most \(Self.largestClassCount) classes for a picture, found \(report.classes.count)")
    }
    try report.confusionChart(of: name).write(to: URL(fileURLWithPath: confusion))
  }
}
