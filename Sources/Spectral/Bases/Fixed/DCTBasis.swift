internal import Numerics
public import Tensors

/// The discrete cosine basis, DCT-II, as it is the heart of JPEG.
///
/// φ_uv(y, x) = a_u·a_v·cos(π(y + ½)u/H)·cos(π(x + ½)v/W) with a₀ = √(1/n), else √(2/n). Every size is accepted. The
/// coefficients are those of `scipy.fft.dctn(x, norm="ortho")`. Source: N. Ahmed, T. Natarajan, K. R. Rao, *Discrete
/// cosine transform*, IEEE Transactions on Computers 23 (1974).
///
/// Order: by frequency, (u/H)² + (v/W)²; ties: smaller u first. (JPEG's zigzag goes by u + v instead.) Names:
/// `dct(u,v)`.
public struct DCTBasis: OrthonormalBasis {
  /// `dct`.
  public let name = "dct"
  /// H, the number of rows.
  public let height: Int
  /// W, the number of columns.
  public let width: Int
  /// Sparse factors for sides of up to 64 pixels, FFTW for larger ones.
  public let fastTransform: FastTransform?

  private let frequencies: Deferred<[(y: Int, x: Int)]>

  /// Creates the basis.
  ///
  /// - Parameters:
  ///   - height: H ≥ 1.
  ///   - width: W ≥ 1.
  public init(height: Int, width: Int) {
    precondition(height >= 1 && width >= 1, "expected a size of at least 1×1, got \(height)×\(width)")
    self.height = height
    self.width = width
    let frequencies = Deferred { SeparableAtoms.byFrequency(height: height, width: width) }
    self.frequencies = frequencies
    fastTransform = FastTransform {
      guard max(height, width) <= FactoredTransform.longestDenseSide else {
        return CosineTransform(height: height, width: width, frequencies: frequencies.value)
      }
      return Self.cosines(height: height, width: width, frequencies.value).symmetricTransform
    }
  }

  /// The constant, `mean`, and one band for each octave of frequency and orientation: `level 2 horizontal`.
  ///
  /// The frequency of an atom is (u/2H, v/2W) in cycles per pixel; levels and directions are those of ``FourierBasis``,
  /// with both diagonals in one, as an atom contains both.
  public var bands: [AtomBand] { FrequencyBand.bands(of: frequencies.value, height: height, width: width) }

  /// The names of the first atoms.
  public func atomNames(count: Int) -> [String] {
    checkCount(count)
    return frequencies.value.prefix(count).map { "dct(\($0.y),\($0.x))" }
  }

  /// The first atoms, `[M, H, W]`.
  public func atoms(count: Int) -> Tensor<Double> {
    checkCount(count)
    return Self.cosines(height: height, width: width, frequencies.value).atoms(count: count)
  }

  private static func cosines(height: Int, width: Int, _ pairs: [(y: Int, x: Int)]) -> SeparableAtoms {
    SeparableAtoms(alongY: cosines(height), alongX: cosines(width), pairs: pairs)
  }

  /// The orthonormal cosines of n points, `[n, n]`.
  private static func cosines(_ count: Int) -> Tensor<Double> {
    // The angle is a multiple of a quarter turn over n; whole turns are taken off before it is rounded.
    let values = (0..<4 * count).map { Double.cos(.pi * Double($0) / Double(2 * count)) }
    return Tensor(shape: [count, count]) { target in
      for frequency in 0..<count {
        let amplitude = ((frequency == 0 ? 1 : 2) / Double(count)).squareRoot()
        for point in 0..<count {
          target[frequency * count + point] = amplitude * values[(2 * point + 1) * frequency % (4 * count)]
        }
      }
    }
  }
}
