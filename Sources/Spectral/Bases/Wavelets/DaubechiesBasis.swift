public import Tensors

/// Daubechies' orthonormal wavelets with two to four vanishing moments, periodised.
///
/// The pyramid of ``HaarBasis`` with a longer filter: the sizes, the levels, the order and the names are the same. At
/// 16×16 it goes down to level 4, where a filter of 8 numbers wraps round 2 samples; it stays exactly orthonormal. The
/// coefficients are those of PyWavelets' `wavedec2(x, 'db2', mode='periodization', level=…)`, which warns of such
/// levels but agrees. Source: I. Daubechies, *Orthonormal bases of compactly supported wavelets*, Communications on
/// Pure and Applied Mathematics 41 (1988).
///
/// Names: `db2 approximation (r,c)`, `db2 level 1 diagonal (r,c)`, with the place in units of the level's step.
public struct DaubechiesBasis: OrthonormalBasis {
  /// The number p of vanishing moments: polynomials of degree below p have no details away from the border.
  public let moments: Int
  /// H, the number of rows.
  public let height: Int
  /// W, the number of columns.
  public let width: Int
  /// The filter, level by level.
  public let fastTransform: FastTransform?

  private let subbands: [WaveletBand]
  private let transform: FactoredTransform

  /// Creates the basis.
  ///
  /// - Parameters:
  ///   - moments: 2, 3 or 4.
  ///   - height: H, even or 1.
  ///   - width: W, even or 1.
  /// - Throws: `InputError` for a size that cannot be halved.
  public init(moments: Int, height: Int, width: Int) throws {
    guard let filter = WaveletFilter.daubechies[moments] else {
      preconditionFailure("expected 2 to 4 vanishing moments, got \(moments)")
    }
    try HalvableSize.check(height: height, width: width, for: "db\(moments)")
    self.moments = moments
    self.height = height
    self.width = width
    subbands = WaveletBand.pyramid(height: height, width: width)
    let transform = FactoredTransform(pyramidOf: filter, height: height, width: width)
    self.transform = transform
    fastTransform = FastTransform { transform }
  }

  /// `db2`, `db3` or `db4`.
  public var name: String { "db\(moments)" }

  /// One band for each scale and orientation: `approximation`, `level 2 horizontal`.
  public var bands: [AtomBand] { AtomBand.grouping(WaveletBand.places(subbands, count: atomCount).map(\.band.name)) }

  /// The names of the first atoms.
  public func atomNames(count: Int) -> [String] {
    checkCount(count)
    return WaveletBand.placeNames(subbands, count: count).map { "\(name) \($0)" }
  }

  /// The first atoms, `[M, H, W]`: what the filters synthesize from one coefficient.
  public func atoms(count: Int) -> Tensor<Double> {
    checkCount(count)
    var unit = Tensor<Double>.zeros([count, count])
    for index in 0..<count { unit[index, index] = 1 }
    return transform.synthesize(unit)
  }
}
