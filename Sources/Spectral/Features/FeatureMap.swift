public import Tensors

/// What turns an image into the row of a design matrix.
///
/// A map is made for one size of image. <doc:Features> lists the maps and their names in a ``FeatureCatalog``.
public protocol FeatureMap: Sendable {
  /// The name that reports use, such as `fourier:64` or `log-fourier`; a ``FeatureCatalog`` makes the map from it.
  var name: String { get }

  /// H, the number of rows of an image.
  var height: Int { get }

  /// W, the number of columns of an image.
  var width: Int { get }

  /// D, the number of features of one image.
  var dimension: Int { get }

  /// The real multiply-adds that the features of one image take.
  var operations: Double { get }

  /// The names of the D features, in the order of the columns.
  var featureNames: [String] { get }

  /// The design matrix of a batch of images.
  ///
  /// - Parameter images: `[N, H, W]`.
  /// - Returns: `[N, D]`.
  /// - Throws: `InputError` for images of another size, for a pixel that is not finite, with its place, and for a matrix
  ///   that needs more memory than there is.
  func designMatrix<S: Scalar>(_ images: Tensor<S>) throws -> Tensor<Double>
}
