import LinearModels
import Spectral
import Tensors

/// A design matrix that is made of images in a way that training images have decided.
///
/// Standardised or not, it is the same for the images to fit to and for those to test on.
public struct FeatureColumns: Sendable {
  /// The features.
  public let features: ImageFeatures
  /// What shifts and scales them; `nil` where they are taken as they are.
  public let standardizer: Standardizer?

  /// The design matrix of the training images with the rule that made it.
  ///
  /// - Parameters:
  ///   - features: The features.
  ///   - images: The training images, `[N, C, H, W]`.
  ///   - standardizes: Whether each column is shifted and scaled to mean 0 and standard deviation 1.
  /// - Returns: The rule, and `[N, D]`.
  /// - Throws: `InputError` for pixels that are not finite, and a matrix that needs more memory than there is.
  static func fitted(
    _ features: ImageFeatures, to images: Tensor<Float>, standardizes: Bool
  ) throws -> (columns: FeatureColumns, matrix: Tensor<Double>) {
    let rows = try features.designMatrix(images)
    guard standardizes else { return (FeatureColumns(features: features, standardizer: nil), rows) }
    let standardizer = Standardizer(fitting: rows)
    return (FeatureColumns(features: features, standardizer: standardizer), standardizer.apply(rows))
  }

  /// The design matrix of images.
  ///
  /// - Parameter images: `[N, C, H, W]`.
  /// - Returns: `[N, D]`.
  /// - Throws: `InputError` for pixels that are not finite, and a matrix that needs more memory than there is.
  public func matrix(_ images: Tensor<Float>) throws -> Tensor<Double> {
    let rows = try features.designMatrix(images)
    return standardizer?.apply(rows) ?? rows
  }
}
