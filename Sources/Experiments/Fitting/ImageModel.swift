import LinearModels
import Statistics
import Tensors

/// A fitted generalized linear model of images: features, their scaling, weights.
public struct ImageModel: Sendable {
  /// What turns images into rows.
  public let columns: FeatureColumns
  /// The weights.
  public let model: GeneralizedLinearModel

  /// The expected responses of images: probabilities `[N, K]` of classes, or means `[N, 1]`.
  ///
  /// - Parameter images: `[N, C, H, W]`.
  /// - Returns: `[N, K]`, K = 2 for the binomial family, or `[N, 1]`.
  /// - Throws: `InputError` for pixels that are not finite.
  public func predictions(_ images: Tensor<Float>) throws -> Tensor<Double> {
    let rows = try columns.matrix(images)
    return model.family == .multinomial || model.family == .binomial ? model.probabilities(rows) : model.means(rows)
  }

  func score(_ indices: [Int], of images: FitImages, _ target: FitTarget, random: RandomStream) throws -> FitScore {
    let predictions = try predictions(images.images(indices))
    if target.classes.isEmpty {
      return FitScore(predictions: predictions.elements, targets: target.numbers(indices))
    }
    return FitScore(
      classes: Scores.predictions(predictions), probabilities: predictions, labels: target.labels(indices),
      groups: images.groups(indices), random: random)
  }
}
