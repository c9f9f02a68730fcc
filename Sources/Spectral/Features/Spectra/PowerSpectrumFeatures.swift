internal import Numerics
public import Tensors

/// The power spectrum of an image, which no circular shift changes.
///
/// P = |X̂|²/(H·W) over the half spectrum, as `numpy.abs(numpy.fft.rfft2(x)) ** 2 / x.size` row by row: D = H·(W/2 + 1).
/// White noise of variance σ² has P = σ² everywhere, whatever the size. With ε, log(ε + P); an empty image is then log ε
/// throughout. What rounding to 8 bits adds to P of images of 0…1 is 1/(12·255²) = 1.3·10⁻⁶, a good ε.
///
/// Name: `power-spectrum`, or `power-spectrum:log=ε`.
public struct PowerSpectrumFeatures: FeatureMap {
  private let transform: PlaneTransform<Double>
  private let logarithm: LogOffset

  /// Creates the map.
  ///
  /// - Parameters:
  ///   - height: H ≥ 1.
  ///   - width: W ≥ 1.
  ///   - logOffset: ε; the power itself when left out.
  /// - Throws: `InputError` unless ε > 0.
  public init(height: Int, width: Int, logOffset: Double? = nil) throws {
    precondition(height >= 1 && width >= 1, "expected a size of at least 1×1, got \(height)×\(width)")
    transform = PlaneTransform(height: height, width: width)
    logarithm = try LogOffset(logOffset, of: "power-spectrum")
  }

  /// `power-spectrum`, with ε where there is one.
  public var name: String { "power-spectrum" + logarithm.suffix }

  /// H, the number of rows of an image.
  public var height: Int { transform.height }

  /// W, the number of columns of an image.
  public var width: Int { transform.width }

  /// H·(W/2 + 1).
  public var dimension: Int { transform.spectrumCount }

  /// 1.25·n·log₂ n for the transform of n = H·W pixels, and 2 for each power.
  public var operations: Double { transform.powerOperations }

  /// `power (ky,kx)`, ky from −⌈H/2⌉ + 1 to H/2.
  public var featureNames: [String] { transform.frequencyNames.map { logarithm.prefix + "power \($0)" } }

  /// The power of images `[N, H, W]`, `[N, D]`.
  public func designMatrix<S: Scalar>(_ images: Tensor<S>) throws -> Tensor<Double> {
    let (count, scale, logarithm) = (dimension, 1 / Double(height * width), logarithm)
    return try spectrumRows(images, transform) { spectrum, row in
      for index in 0..<count { row[index] = spectrum[index].lengthSquared * scale }
      logarithm.apply(row, count: count)
    }
  }
}
