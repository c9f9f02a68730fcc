import Figures
import Foundation
import Tensors

/// The templates of several models of the same classes: a row for each model and channel, a column for each class.
///
/// Models with a single score stand side by side.
public struct TemplateSheet: Sendable {
  private let grid: LabelledGrid

  /// Lays out templates.
  ///
  /// - Parameters:
  ///   - models: Templates of the same scores and sizes, at least one.
  ///   - title: What the picture shows.
  public init(_ models: [WeightTemplates], title: String) {
    precondition(!models.isEmpty, "expected the templates of a model")
    let rows = models.flatMap { model in
      (0..<model.images.shape[1]).map { channel in
        LabelledGrid.Group(
          heading: model.features + (model.images.shape[1] > 1 ? ", channel \(channel)" : ""),
          tiles: model.images(ofChannel: channel), captions: model.scores)
      }
    }
    let isSingle = models[0].scores.count == 1
    grid = LabelledGrid(
      title: title, remark: "inner products with these images are the scores",
      scaleName: "each template on its own scale",
      groups: isSingle ? [Self.joined(rows)] : rows, columns: isSingle ? rows.count : models[0].scores.count)
  }

  /// One row of the single templates of all models, each with the name of its model.
  private static func joined(_ rows: [LabelledGrid.Group]) -> LabelledGrid.Group {
    let size = Array(rows[0].tiles.shape.dropFirst())
    return LabelledGrid.Group(
      tiles: Tensor(rows.flatMap { $0.tiles.elements }, shape: [rows.count] + size), captions: rows.map(\.heading))
  }

  /// Writes the picture.
  ///
  /// - Parameter url: The file, .png or .svg, which is replaced where it exists.
  /// - Throws: `InputError` where gnuplot is missing or the file cannot be written.
  public func write(to url: URL) throws { try grid.write(to: url) }
}

extension WeightTemplates {
  /// The templates of one channel, `[K, H, W]`.
  fileprivate func images(ofChannel channel: Int) -> Tensor<Double> {
    let (scores, channels) = (images.shape[0], images.shape[1])
    let size = Array(images.shape.dropFirst(2))
    return images.reshaped([scores * channels] + size)
      .gatheringRows((0..<scores).map { $0 * channels + channel })
  }
}
