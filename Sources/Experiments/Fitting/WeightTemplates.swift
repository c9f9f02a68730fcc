import LinearModels
import Spectral
import Tensors

/// What a linear model of images looks at: for each score the image t with score = ⟨t, x⟩ + constant.
///
/// With the analysis c = A·x of a basis, the scaling z = (c − mean)/scale and the weights w, t = Aᵀ·(w/scale): for an
/// orthonormal basis the weighted sum of the atoms, else of their duals. The template of a pixel model is its weights.
public struct WeightTemplates: Sendable {
  /// The name of the features.
  public let features: String
  /// The names of the scores.
  public let scores: [String]
  /// The templates, `[K, C, H, W]`.
  public let images: Tensor<Double>

  /// Draws the templates of a model.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - scores: The names of its scores.
  /// - Throws: `InputError` where the features are no coefficients on a basis.
  public init(_ model: ImageModel, scores: [String]) throws {
    let features = model.columns.features
    guard let map = features.map as? CoefficientFeatures, features.compression == nil else {
      throw InputError(
        "--templates", "the features '\(features.name)' are not linear in the pixels, so no image stands for a weight",
        remedy: "Take a basis.")
    }
    let (height, width, count, channels) = (map.height, map.width, map.dimension, features.channels)
    let pixels = PixelBasis(height: height, width: width).atoms(count: height * width)
    let analysis = map.basis.analyze(pixels, count: count)
    let scale = model.columns.standardizer?.scale
    let weights = model.model.weights
    let places = features.columns ?? Array(0..<channels * count)
    var spread = Tensor<Double>.zeros([weights.shape[0], channels * count])
    for score in 0..<weights.shape[0] {
      for (column, place) in places.enumerated() {
        spread[score, place] = weights[score, column] / (scale?[column] ?? 1)
      }
    }
    self.features = features.name
    self.scores = scores
    images = spread.reshaped([weights.shape[0] * channels, count]).matrixProduct(analysis, transposingOther: true)
      .reshaped([weights.shape[0], channels, height, width])
  }
}
