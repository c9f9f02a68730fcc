internal import Numerics
public import Tensors

/// The radially averaged power spectrum of an image: how much structure there is of each size, in whatever direction.
///
/// Ring r has the mean of P = |X̂|²/(H·W) over all frequencies f (cycles per pixel, of the whole plane) with
/// ⌊|f|·n + ½⌋ = r, n = min(H, W): r cycles per n pixels. D = ⌊n/2⌋ + 1; frequencies beyond the last ring, in the corners of
/// the plane, are left out. With ε, log(ε + P), as ``PowerSpectrumFeatures``.
///
/// Name: `radial-spectrum`, or `radial-spectrum:log=ε`.
public struct RadialSpectrumFeatures: FeatureMap {
  private let transform: PlaneTransform<Double>
  private let bins: SpectrumBins
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
    logarithm = try LogOffset(logOffset, of: "radial-spectrum")
    let least = min(height, width)
    bins = SpectrumBins(height: height, width: width, count: least / 2 + 1) { y, x in
      let ring = Int(((y * y + x * x).squareRoot() * Double(least) + 0.5).rounded(.down))
      return ring <= least / 2 ? ring : nil
    }
  }

  /// `radial-spectrum`, with ε where there is one.
  public var name: String { "radial-spectrum" + logarithm.suffix }

  /// H, the number of rows of an image.
  public var height: Int { transform.height }

  /// W, the number of columns of an image.
  public var width: Int { transform.width }

  /// ⌊min(H, W)/2⌋ + 1.
  public var dimension: Int { bins.count }

  /// 1.25·n·log₂ n for the transform of n = H·W pixels, 2 for each power, and the averages.
  public var operations: Double { transform.powerOperations + bins.operations }

  /// `power of ring r`.
  public var featureNames: [String] { (0..<dimension).map { logarithm.prefix + "power of ring \($0)" } }

  /// The averages of images `[N, H, W]`, `[N, D]`.
  public func designMatrix<S: Scalar>(_ images: Tensor<S>) throws -> Tensor<Double> {
    let (bins, logarithm) = (bins, logarithm)
    return try spectrumRows(images, transform) { spectrum, row in
      bins.average(spectrum, to: row)
      logarithm.apply(row, count: bins.count)
    }
  }
}
