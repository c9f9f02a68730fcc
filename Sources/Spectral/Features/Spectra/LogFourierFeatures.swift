internal import Numerics
public import Tensors

/// The logarithm of the modulus of an image's Fourier transform, which no circular shift changes.
///
/// log(1 + |X̂|) over the half spectrum, as `numpy.log1p(numpy.abs(numpy.fft.rfft2(x)))` row by row: D = H·(W/2 + 1). The
/// column of k_x = 0, and of W/2 for even W, holds k_y and −k_y, whose moduli are equal. Both are kept, so that the matrix is
/// NumPy's; a ridge then penalises these frequencies half as much as the others. The logarithm sees absolute values: images
/// in other units give other features. An empty image gives zeros.
public struct LogFourierFeatures: FeatureMap {
  /// `log-fourier`.
  public let name = "log-fourier"

  private let transform: PlaneTransform<Double>

  /// Creates the map.
  ///
  /// - Parameters:
  ///   - height: H ≥ 1.
  ///   - width: W ≥ 1.
  public init(height: Int, width: Int) {
    precondition(height >= 1 && width >= 1, "expected a size of at least 1×1, got \(height)×\(width)")
    transform = PlaneTransform(height: height, width: width)
  }

  /// H, the number of rows of an image.
  public var height: Int { transform.height }

  /// W, the number of columns of an image.
  public var width: Int { transform.width }

  /// H·(W/2 + 1).
  public var dimension: Int { transform.spectrumCount }

  /// 1.25·n·log₂ n for the transform of n = H·W pixels, and 2 for each modulus.
  public var operations: Double { transform.powerOperations }

  /// `log modulus (ky,kx)`, ky from −⌈H/2⌉ + 1 to H/2.
  public var featureNames: [String] { transform.frequencyNames.map { "log modulus \($0)" } }

  /// log(1 + |X̂|) of images `[N, H, W]`, `[N, D]`.
  public func designMatrix<S: Scalar>(_ images: Tensor<S>) throws -> Tensor<Double> {
    let count = dimension
    return try spectrumRows(images, transform) { spectrum, row in
      for index in 0..<count { row[index] = Double.log(onePlus: spectrum[index].length) }
    }
  }
}
