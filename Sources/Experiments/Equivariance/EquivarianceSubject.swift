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
  /// The probabilities of classes, or numbers.
  let predictions: @Sendable (Tensor<Float>) throws -> Tensor<Double>
  /// What changes of predicted numbers are divided by; `nil` where classes are predicted.
  let spread: Double?

  /// Watches every layer of a network.
  ///
  /// - Parameters:
  ///   - trained: The network with its weights.
  ///   - name: What it is called.
  ///   - images: The images that are moved, `[N, C, H, W]`.
  ///   - spread: The standard deviation of numbers, which a network needs that explains them; one of classes leaves it alone.
  public init(_ trained: TrainedNetwork, name: String, images: Tensor<Float>, spread: Double? = nil) {
    precondition(trained.numbers == nil || spread != nil, "expected the deviation of the numbers, got none")
    let summary = NetworkSummary(trained.network)
    self.name = name
    self.images = images
    stages = summary.rows.map { row in
      Stage(key: row.key, name: row.layer, grid: MapGrid(row, inputShape: summary.inputShape)) {
        try trained.outputs(of: row.key, $0)
      }
    }
    predictions = { try trained.predictions($0) }
    self.spread = trained.numbers == nil ? nil : spread
  }

  /// Watches the features of a model and its predictions.
  ///
  /// - Parameters:
  ///   - model: A fitted model.
  ///   - images: The images that are moved, `[N, C, H, W]`.
  ///   - spread: The standard deviation of the numbers that it explains; `nil` for classes.
  public init(_ model: ImageModel, images: Tensor<Float>, spread: Double? = nil) {
    let features = model.columns.features
    self.init(features, name: features.name, images: images, spread: spread, predictions: model.predictions)
  }

  /// Watches features and the predictions of a model on them.
  ///
  /// - Parameters:
  ///   - features: The features.
  ///   - name: What the model is called.
  ///   - images: The images that are moved, `[N, C, H, W]`.
  ///   - spread: The standard deviation of numbers; `nil` for classes.
  ///   - predictions: The class probabilities or numbers of images.
  init(
    _ features: ImageFeatures, name: String, images: Tensor<Float>, spread: Double?,
    predictions: @escaping @Sendable (Tensor<Float>) throws -> Tensor<Double>
  ) {
    self.name = name
    self.images = images
    stages = [
      Stage(key: "", name: "features", grid: nil) { try features.designMatrix($0).map { Float($0) } }
    ]
    self.predictions = predictions
    self.spread = spread
  }
}

extension EquivarianceSubject {
  /// How much predictions change: the share of decisions, or the root mean square of the changes of numbers over their
  /// standard deviation.
  ///
  /// - Parameters:
  ///   - before: The predictions for images at rest.
  ///   - after: Those for images of each motion.
  /// - Returns: A number from 0.
  func change(from before: Tensor<Double>, to after: [Tensor<Double>]) -> Double {
    let changes = after.flatMap { spread == nil ? decisionChanges(before, $0) : squaredChanges(before, $0) }
    let mean = changes.reduce(0, +) / Double(max(1, changes.count))
    return spread.map { mean.squareRoot() / $0 } ?? mean
  }

  private func decisionChanges(_ before: Tensor<Double>, _ after: Tensor<Double>) -> [Double] {
    zip(Scores.predictions(before), Scores.predictions(after)).map { $0 == $1 ? 0 : 1 }
  }

  private func squaredChanges(_ before: Tensor<Double>, _ after: Tensor<Double>) -> [Double] {
    zip(before.elements, after.elements).map { ($0 - $1) * ($0 - $1) }
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
