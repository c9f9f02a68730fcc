public import Tensors

/// The orthonormal Haar wavelets of the two-dimensional pyramid (nonstandard) decomposition.
///
/// Source: A. Haar, *Zur Theorie der orthogonalen Funktionensysteme*, Mathematische Annalen 69 (1910); S. Mallat, *A
/// theory for multiresolution signal decomposition: the wavelet representation*, IEEE Transactions on Pattern Analysis
/// and Machine Intelligence 11 (1989).
///
/// Each level halves every axis whose size is still even, until both are odd: 16×16 ends in one constant atom, 24×24 in
/// 3×3 blocks of 8×8 pixels, 4×16 goes on along x alone once it is 1×4. Each size must therefore be even, or 1. Where
/// both axes can be halved equally often the coefficients are those of PyWavelets' `wavedec2(x, 'haar',
/// mode='periodization')` at its greatest such level, signs included.
///
/// Order: the approximation, then the details from the coarsest level to level 1, the finest; in a level the bands
/// `horizontal` (changes along y), `vertical` (changes along x), `diagonal` (both); in a band row by row. Names:
/// `haar approximation (r,c)`, `haar level 2 horizontal (r,c)`, with the place in units of the block.
public struct HaarBasis: OrthonormalBasis {
  /// `haar`.
  public let name = "haar"
  /// H, the number of rows.
  public let height: Int
  /// W, the number of columns.
  public let width: Int
  /// Sums and differences of neighbours, level by level.
  public let fastTransform: FastTransform?

  private let subbands: [WaveletBand]

  /// Creates the basis.
  ///
  /// - Parameters:
  ///   - height: H, even or 1.
  ///   - width: W, even or 1.
  /// - Throws: `InputError` for a size that cannot be halved.
  public init(height: Int, width: Int) throws {
    precondition(height >= 1 && width >= 1, "expected a size of at least 1×1, got \(height)×\(width)")
    try HalvableSize.check(height: height, width: width, for: "haar")
    self.height = height
    self.width = width
    subbands = WaveletBand.pyramid(height: height, width: width)
    fastTransform = FastTransform { FactoredTransform(pyramidOf: .haar, height: height, width: width) }
  }

  /// One band for each scale and orientation: `approximation`, `level 2 horizontal`.
  public var bands: [AtomBand] { AtomBand.grouping(WaveletBand.places(subbands, count: atomCount).map(\.band.name)) }

  /// The names of the first atoms.
  public func atomNames(count: Int) -> [String] {
    checkCount(count)
    return WaveletBand.placeNames(subbands, count: count).map { "haar \($0)" }
  }

  /// The first atoms, `[M, H, W]`.
  public func atoms(count: Int) -> Tensor<Double> {
    checkCount(count)
    let places = WaveletBand.places(subbands, count: count)
    return Tensor(shape: [count, height, width]) { target in
      target.update(repeating: 0)
      for (index, place) in places.enumerated() {
        let (rows, columns) = (height / place.band.rows, width / place.band.columns)
        let amplitude = 1 / Double(rows * columns).squareRoot()
        for y in 0..<rows {
          for x in 0..<columns {
            let isNegative =
              (place.band.changesAlongY && 2 * y >= rows) != (place.band.changesAlongX && 2 * x >= columns)
            let pixel = (place.row * rows + y) * width + place.column * columns + x
            target[index * pixelCount + pixel] = isNegative ? -amplitude : amplitude
          }
        }
      }
    }
  }
}
