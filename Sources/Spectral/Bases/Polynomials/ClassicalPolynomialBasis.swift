internal import Numerics
public import Tensors

/// Products of the classical polynomials of the continuous square [−1, 1]², sampled at the centres of the pixels.
///
/// Pixel i of n lies at (2i + 1 − n)/n. Each atom is divided by its norm. Sampled, the families are not orthogonal, and
/// the higher the degree the less they can be told apart: `conditionNumber` says how much. All of them and
/// ``PolynomialBasis`` span the same images up to any total degree. Every size is accepted; degrees go to W − 1 along
/// x and H − 1 along y.
///
/// Order: by total degree, then by the degree in x, descending. Names: `x^2y^1`, `L2(x)L1(y)`, `T2(x)T1(y)`.
public struct ClassicalPolynomialBasis: LeastSquaresBasis {
  /// A family of polynomials of one variable.
  public enum Family: String, CaseIterable, Sendable {
    /// The powers xᵈ.
    case monomial
    /// Legendre's L_d, orthogonal on [−1, 1] with the weight 1: A. M. Legendre, *Recherches sur l'attraction des
    /// sphéroïdes homogènes* (1785).
    case legendre
    /// Chebyshev's T_d(cos θ) = cos dθ, orthogonal with the weight 1/√(1 − x²): P. L. Tchebychev, *Théorie des
    /// mécanismes connus sous le nom de parallélogrammes* (1854).
    case chebyshev
  }

  /// The family.
  public let family: Family
  /// H, the number of rows.
  public let height: Int
  /// W, the number of columns.
  public let width: Int

  private let degrees: Deferred<[(y: Int, x: Int)]>

  /// Creates the basis.
  ///
  /// - Parameters:
  ///   - family: Which polynomials.
  ///   - height: H ≥ 1.
  ///   - width: W ≥ 1.
  public init(_ family: Family, height: Int, width: Int) {
    precondition(height >= 1 && width >= 1, "expected a size of at least 1×1, got \(height)×\(width)")
    self.family = family
    self.height = height
    self.width = width
    degrees = Deferred { PolynomialDegrees.all(height: height, width: width) }
  }

  /// `monomial`, `legendre` or `chebyshev`.
  public var name: String { family.rawValue }

  /// H·W.
  public var atomCount: Int { pixelCount }

  /// One band for each total degree: `degree 3`.
  public var bands: [AtomBand] { PolynomialDegrees.bands(degrees.value) }

  /// The names of the first atoms.
  public func atomNames(count: Int) -> [String] {
    checkCount(count)
    return degrees.value.prefix(count).map { degree in
      switch family {
      case .monomial: "x^\(degree.x)y^\(degree.y)"
      case .legendre: "L\(degree.x)(x)L\(degree.y)(y)"
      case .chebyshev: "T\(degree.x)(x)T\(degree.y)(y)"
      }
    }
  }

  /// The first atoms, `[M, H, W]`.
  public func atoms(count: Int) -> Tensor<Double> {
    checkCount(count)
    let degrees = degrees.value.prefix(count)
    return SeparableAtoms(
      alongY: family.values(points: height, degrees: 1 + (degrees.map(\.y).max() ?? 0)),
      alongX: family.values(points: width, degrees: 1 + (degrees.map(\.x).max() ?? 0)), pairs: Array(degrees)
    ).atoms(count: count)
  }
}

extension ClassicalPolynomialBasis.Family {
  /// The values on n pixels, each polynomial divided by its norm, `[degrees, n]`.
  fileprivate func values(points count: Int, degrees: Int) -> Tensor<Double> {
    let points = (0..<count).map { Double(2 * $0 + 1 - count) / Double(count) }
    var polynomials = [[Double](repeating: 1, count: count), points]
    for degree in stride(from: 2, to: degrees, by: 1) {
      let (last, before) = (polynomials[degree - 1], polynomials[degree - 2])
      polynomials.append(points.indices.map { next(degree, points[$0], last[$0], before[$0]) })
    }
    let rows = polynomials.prefix(degrees).flatMap { values in
      let norm = Tensor(values).norm
      return values.map { $0 / norm }
    }
    return Tensor(rows, shape: [degrees, count])
  }

  /// The recurrence: the value of degree d ≥ 2 at x from those of the two degrees before.
  private func next(_ degree: Int, _ x: Double, _ last: Double, _ before: Double) -> Double {
    switch self {
    case .monomial: x * last
    case .chebyshev: 2 * x * last - before
    case .legendre: (Double(2 * degree - 1) * x * last - Double(degree - 1) * before) / Double(degree)
    }
  }
}
