import LinearModels
import NeuralNetworks
import Statistics
public import Tensors

/// What is moved and watched: the layers of a network, or a fixed feature map with its model.
public struct EquivarianceSubject: Sendable {
  /// What makes something of an image.
  struct Stage: Sendable {
    let key: String
    let name: String
    /// Where its samples lie on the image; `nil` for a vector, which a motion should leave as it is.
    let grid: MapGrid?
    /// `[N, C, h, w]` or `[N, D]` of images `[N, C, H, W]`.
    let outputs: @Sendable (Tensor<Float>) throws -> Tensor<Float>
  }

  /// The name by which it was asked for.
  let name: String
  let images: Tensor<Float>
  let stages: [Stage]
  let decisions: @Sendable (Tensor<Float>) throws -> [Int]

  /// Watches every layer of a network.
  ///
  /// - Parameters:
  ///   - trained: The network with its weights.
  ///   - name: What it is called.
  ///   - images: The images that are moved, `[N, C, H, W]`.
  public init(_ trained: TrainedNetwork, name: String, images: Tensor<Float>) {
    let summary = NetworkSummary(trained.network)
    self.name = name
    self.images = images
    stages = summary.rows.map { row in
      Stage(key: row.key, name: row.layer, grid: MapGrid(row, inputShape: summary.inputShape)) {
        try trained.outputs(of: row.key, $0)
      }
    }
    decisions = { Scores.predictions(try trained.outputs($0).map { Double($0) }) }
  }

  /// Watches the features of a model and its decisions.
  ///
  /// - Parameters:
  ///   - model: A fitted model.
  ///   - images: The images that are moved, `[N, C, H, W]`.
  public init(_ model: ImageModel, images: Tensor<Float>) {
    let features = model.columns.features
    self.init(features, name: features.name, images: images, predictions: model.predictions)
  }

  /// Watches features and the decisions of a model on them.
  ///
  /// - Parameters:
  ///   - features: The features.
  ///   - name: What the model is called.
  ///   - images: The images that are moved, `[N, C, H, W]`.
  ///   - predictions: The class probabilities of images.
  init(
    _ features: ImageFeatures, name: String, images: Tensor<Float>,
    predictions: @escaping @Sendable (Tensor<Float>) throws -> Tensor<Double>
  ) {
    self.name = name
    self.images = images
    stages = [
      Stage(key: "", name: "features", grid: nil) { try features.designMatrix($0).map { Float($0) } }
    ]
    decisions = { Scores.predictions(try predictions($0)) }
  }
}

extension MapGrid {
  /// The grid of a layer's output; `nil` where it is one number for each channel, or no image.
  init?(_ row: NetworkSummary.Row, inputShape: [Int]) {
    guard inputShape.count == 3, row.outputShape.count == 3, row.outputShape[1] * row.outputShape[2] > 1 else {
      return nil
    }
    rows = Axis(count: row.outputShape[1], pixels: inputShape[1], row.receptiveRows)
    columns = Axis(count: row.outputShape[2], pixels: inputShape[2], row.receptiveColumns)
  }
}
