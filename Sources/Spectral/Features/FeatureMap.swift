public import Tensors

/// What turns an image into the row of a design matrix.
public protocol FeatureMap: Sendable {
  /// The name that reports use, such as `fourier:64` or `log-fourier`.
  var name: String { get }

  /// D, the number of features of one image.
  var dimension: Int { get }

  /// The real multiply-adds that the features of one image take.
  var operations: Double { get }

  /// The design matrix of a batch of images.
  ///
  /// - Parameter images: `[N, H, W]`.
  /// - Returns: `[N, D]`.
  func designMatrix<S: Scalar>(_ images: Tensor<S>) -> Tensor<Double>
}
