public import Tensors

/// Products of discrete orthonormal polynomials, known as Gram or discrete Chebyshev polynomials.
///
/// Source: J. P. Gram, *Ueber die Entwickelung reeller Functionen in Reihen mittelst der Methode der kleinsten
/// Quadrate*, Journal für die reine und angewandte Mathematik 94 (1883).
///
/// P_d is of degree d, orthonormal on the equally spaced pixels of a row or column, with a positive leading coefficient
/// for x to the right and y downwards. Every size is accepted; degrees go to W − 1 along x and H − 1 along y.
///
/// Order: by total degree, then by the degree in x, descending. Names: `P2(x)P1(y)`.
public struct PolynomialBasis: OrthonormalBasis {
  /// `polynomial`.
  public let name = "polynomial"
  /// H, the number of rows.
  public let height: Int
  /// W, the number of columns.
  public let width: Int
  /// One axis after the other.
  public let fastTransform: FastTransform?

  private let degrees: Deferred<[(y: Int, x: Int)]>

  /// Creates the basis.
  ///
  /// - Parameters:
  ///   - height: H ≥ 1.
  ///   - width: W ≥ 1.
  public init(height: Int, width: Int) {
    precondition(height >= 1 && width >= 1, "expected a size of at least 1×1, got \(height)×\(width)")
    self.height = height
    self.width = width
    let degrees = Deferred { PolynomialDegrees.all(height: height, width: width) }
    self.degrees = degrees
    fastTransform = FastTransform { Self.products(height: height, width: width, degrees.value[...]).symmetricTransform }
  }

  /// One band for each total degree: `degree 3`.
  public var bands: [AtomBand] { PolynomialDegrees.bands(degrees.value) }

  /// The names of the first atoms.
  public func atomNames(count: Int) -> [String] {
    checkCount(count)
    return degrees.value.prefix(count).map { "P\($0.x)(x)P\($0.y)(y)" }
  }

  /// The first atoms, `[M, H, W]`.
  public func atoms(count: Int) -> Tensor<Double> {
    checkCount(count)
    return Self.products(height: height, width: width, degrees.value.prefix(count)).atoms(count: count)
  }

  private static func products(
    height: Int, width: Int, _ degrees: ArraySlice<(y: Int, x: Int)>
  ) -> SeparableAtoms {
    SeparableAtoms(
      alongY: GramPolynomials.values(points: height, degrees: 1 + (degrees.map(\.y).max() ?? 0)),
      alongX: GramPolynomials.values(points: width, degrees: 1 + (degrees.map(\.x).max() ?? 0)),
      pairs: Array(degrees))
  }
}
