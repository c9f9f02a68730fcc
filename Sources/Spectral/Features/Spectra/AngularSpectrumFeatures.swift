internal import Numerics
public import Tensors

/// The angularly averaged power spectrum of an image: in which directions its structure lies, of whatever size.
///
/// Wedge b of B has the mean of P = |X̂|²/(H·W) over all frequencies f = (f_y, f_x) (cycles per pixel, of the whole plane)
/// with 0 < |f| ≤ ½ and ⌊B·α/π + ½⌋ ≡ b modulo B, α = atan2(f_y, f_x): it is centred on the angle b·π/B of the wave vector.
/// Wedge 0 sees what changes along x. With ε, log(ε + P), as ``PowerSpectrumFeatures``.
///
/// Name: `angular-spectrum:B`, B = 8 when left out, or `angular-spectrum:B:log=ε`.
public struct AngularSpectrumFeatures: FeatureMap {
  private let transform: PlaneTransform<Double>
  private let bins: SpectrumBins
  private let logarithm: LogOffset

  /// Creates the map.
  ///
  /// - Parameters:
  ///   - height: H ≥ 1.
  ///   - width: W ≥ 1.
  ///   - wedges: B ≥ 1.
  ///   - logOffset: ε; the power itself when left out.
  /// - Throws: `InputError` unless every wedge has a frequency, and ε > 0.
  public init(height: Int, width: Int, wedges: Int = 8, logOffset: Double? = nil) throws {
    precondition(height >= 1 && width >= 1, "expected a size of at least 1×1, got \(height)×\(width)")
    guard wedges >= 1 else { throw InputError("angular-spectrum", "found \(wedges) wedges, expected at least 1") }
    bins = Self.bins(height, width, min(wedges, 2 * (height + width)))
    guard bins.isComplete && bins.count == wedges else {
      let largest = (1...bins.count).last { Self.bins(height, width, $0).isComplete }
      throw InputError(
        "angular-spectrum", "found \(wedges) wedges, but \(height)×\(width) images have no frequency in one of them",
        remedy: largest.map { "Take \($0) or fewer." } ?? "Images need at least 2 pixels.")
    }
    transform = PlaneTransform(height: height, width: width)
    logarithm = try LogOffset(logOffset, of: "angular-spectrum")
  }

  private static func bins(_ height: Int, _ width: Int, _ count: Int) -> SpectrumBins {
    SpectrumBins(height: height, width: width, count: count) { y, x in
      let square = y * y + x * x
      guard square > 0 && square <= 0.25 else { return nil }
      let wedge = Int((Double.atan2(y: y, x: x) * Double(count) / .pi + 0.5).rounded(.down))
      return (wedge + 2 * count) % count
    }
  }

  /// `angular-spectrum:B`, with ε where there is one.
  public var name: String { "angular-spectrum:\(dimension)" + logarithm.suffix }

  /// H, the number of rows of an image.
  public var height: Int { transform.height }

  /// W, the number of columns of an image.
  public var width: Int { transform.width }

  /// B.
  public var dimension: Int { bins.count }

  /// 1.25·n·log₂ n for the transform of n = H·W pixels, 2 for each power, and the averages.
  public var operations: Double { transform.powerOperations + bins.operations }

  /// `power at 22.5°`, the angle of the wave vector.
  public var featureNames: [String] {
    (0..<dimension).map { logarithm.prefix + "power at \(180 * Double($0) / Double(dimension))°" }
  }

  /// The averages of images `[N, H, W]`, `[N, D]`.
  public func designMatrix<S: Scalar>(_ images: Tensor<S>) throws -> Tensor<Double> {
    let (bins, logarithm) = (bins, logarithm)
    return try spectrumRows(images, transform) { spectrum, row in
      bins.average(spectrum, to: row)
      logarithm.apply(row, count: bins.count)
    }
  }
}
