import ArgumentParser
import Datasets
import Experiments
import Foundation
import Tensors

/// `basislab data preview`: a picture of some images of each class.
struct DataPreview: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Make a picture of images of each class, one row per class.",
    discussion: """
      Images that have numbers instead of classes come in rows of a range each. The images are drawn at random. Black and white are 0 and 1 where all pixels lie between them, else the values that
      0.5 % of the shown pixels lie below and above. Images of several channels are shown as the mean of their channels.
      """)

  @OptionGroup var source: DataSource

  @Option(help: "Images of each class.")
  var perClass = 8

  @Option(help: ArgumentHelp("The picture.", valueName: "file.png"))
  var output = "preview.png"

  @OptionGroup var common: CommonOptions

  func validate() throws {
    try Usage.require(perClass, in: 1...200, "--per-class", "images")
    _ = try Usage.check { try Ending(of: output, among: [.png], for: "--output") }
  }

  func execute() throws {
    let dataset = try source.load()
    let stream = RandomStream(seed: source.seed).split("preview")
    try DatasetPreview.grid(of: dataset, perClass: perClass, from: stream).write(to: URL(fileURLWithPath: output))
    guard !common.quiet else { return }
    Console.note("\(output): rows from the top are \(dataset.classes.joined(separator: ", "))")
  }
}
