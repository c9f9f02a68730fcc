import ArgumentParser
import Datasets
import Figures
import Foundation
import Tensors

/// `basislab data preview`: a picture of some images of each class.
struct DataPreview: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Make a picture of images of each class, one row per class.",
    discussion: """
      The images are drawn at random. Black and white are 0 and 1 where all pixels lie between them, else the values that
      0.5 % of the shown pixels lie below and above. Images of several channels are shown as the mean of their channels.
      """)

  @OptionGroup var source: DataSource

  @Option(help: "Images of each class.")
  var perClass = 8

  @Option(help: ArgumentHelp("The picture.", valueName: "file.png"))
  var output = "preview.png"

  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (1...200).contains(perClass) else {
      throw ValidationError("--per-class: expected 1…200 images, got \(perClass)")
    }
    guard output.lowercased().hasSuffix(".png") else {
      throw ValidationError("--output: expected a file that ends in .png, got '\(output)'")
    }
  }

  func execute() throws {
    let dataset = try source.load()
    let rows = rowsOfImages(dataset)
    let range = Self.grayRange(rows, of: dataset)
    let tiles = rows.map { $0.map { ($0 - range.lowerBound) / (range.upperBound - range.lowerBound) } }
    try ImageGrid(groups: tiles, shading: .brightness).write(to: URL(fileURLWithPath: output))
    guard !common.quiet else { return }
    Console.note("\(output): rows from the top are \(dataset.classes.joined(separator: ", "))")
  }

  /// Images `[n, H, W]` of each class.
  private func rowsOfImages(_ dataset: Dataset) -> [Tensor<Float>] {
    let stream = RandomStream(seed: source.seed).split("preview")
    return dataset.classes.indices.map { label in
      var own = stream.split(label)
      let members = dataset.labels.indices.filter { dataset.labels[$0] == label }.shuffled(using: &own)
      let images = dataset.images.gatheringRows(Array(members.prefix(perClass)))
      return Self.channelMean(images, of: dataset)
    }
  }

  private static func channelMean(_ images: Tensor<Float>, of dataset: Dataset) -> Tensor<Float> {
    let (count, channels, area) = (images.shape[0], dataset.channels, dataset.height * dataset.width)
    let planes = images.reshaped([count * channels, area])
    var result = Tensor<Float>.zeros([count, area])
    for image in 0..<count {
      for channel in 0..<channels {
        for pixel in 0..<area { result[image, pixel] += planes[image * channels + channel, pixel] / Float(channels) }
      }
    }
    return result.reshaped([count, dataset.height, dataset.width])
  }

  private static func grayRange(_ rows: [Tensor<Float>], of dataset: Dataset) -> ClosedRange<Float> {
    let whole = dataset.pixelRange
    if whole.lowerBound >= 0 && whole.upperBound <= 1 { return 0...1 }
    let pixels = rows.flatMap(\.elements).sorted()
    let cut = pixels.count / 200
    let (low, high) = (pixels[cut], pixels[pixels.count - 1 - cut])
    return low...(high > low ? high : low + 1)
  }
}
