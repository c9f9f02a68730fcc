internal import Numerics
public import Tensors

/// Zernike's polynomials on the disc that touches the border of the image, an ellipse where the image is not square.
///
/// With ρ = √(x² + y²) and θ = atan2(y, x), pixel i of n at (2i + 1 − n)/n: Z(n, m) = R_n^m(ρ)·cos mθ, and Z(n, −m) =
/// R_n^m(ρ)·sin mθ, with R_n^m(ρ) = Σ_k (−1)ᵏ (n − k)!/(k!·((n + m)/2 − k)!·((n − m)/2 − k)!)·ρⁿ⁻²ᵏ, each divided by
/// its norm, and 0 at pixels whose centre lies outside (y runs downwards, so that θ does). They are orthogonal on the
/// continuous disc, not on pixels. All orders below the smaller side are there; every size is accepted. They do not
/// span all images: `approximate` gives the part that they do. Source: F. Zernike, *Beugungstheorie des
/// Schneidenverfahrens und seiner verbesserten Form, der Phasenkontrastmethode*, Physica 1 (1934).
///
/// Order: by n, then by m, ascending, as ANSI Z80.28 counts them. Names: `Z(n,m)`.
public struct ZernikeBasis: LeastSquaresBasis {
  /// `zernike`.
  public let name = "zernike"
  /// H, the number of rows.
  public let height: Int
  /// W, the number of columns.
  public let width: Int

  /// Creates the basis.
  ///
  /// - Parameters:
  ///   - height: H ≥ 1.
  ///   - width: W ≥ 1.
  public init(height: Int, width: Int) {
    precondition(height >= 1 && width >= 1, "expected a size of at least 1×1, got \(height)×\(width)")
    self.height = height
    self.width = width
  }

  /// s(s + 1)/2, s the smaller side.
  public var atomCount: Int {
    let side = min(height, width)
    return side * (side + 1) / 2
  }

  /// One band for each radial order: `order 4`.
  public var bands: [AtomBand] { AtomBand.grouping(indices(count: atomCount).map { "order \($0.n)" }) }

  /// The names of the first atoms.
  public func atomNames(count: Int) -> [String] { indices(count: count).map { "Z(\($0.n),\($0.m))" } }

  /// The first atoms, `[M, H, W]`.
  public func atoms(count: Int) -> Tensor<Double> {
    let pixels = polar
    let rows = indices(count: count).flatMap { index in
      let values = pixels.map { $0.radius <= 1 ? Self.value(index.n, index.m, $0.radius, $0.angle) : 0 }
      let norm = Tensor(values).norm
      return values.map { $0 / norm }
    }
    return Tensor(rows, shape: [count, height, width])
  }

  /// The pixels in polar coordinates, row by row.
  private var polar: [(radius: Double, angle: Double)] {
    (0..<pixelCount).map { pixel in
      let y = Double(2 * (pixel / width) + 1 - height) / Double(height)
      let x = Double(2 * (pixel % width) + 1 - width) / Double(width)
      return ((x * x + y * y).squareRoot(), Double.atan2(y: y, x: x))
    }
  }

  private func indices(count: Int) -> [(n: Int, m: Int)] {
    checkCount(count)
    let all = (0..<min(height, width)).lazy.flatMap { n in stride(from: -n, through: n, by: 2).map { (n: n, m: $0) } }
    return Array(all.prefix(count))
  }

  private static func value(_ n: Int, _ m: Int, _ radius: Double, _ angle: Double) -> Double {
    let azimuth = m < 0 ? Double.sin(Double(-m) * angle) : Double.cos(Double(m) * angle)
    return radial(n, abs(m), radius) * azimuth
  }

  /// R_n^m(ρ) = (−1)^((n−m)/2)·ρᵐ·P_{(n−m)/2}^(m,0)(1 − 2ρ²), by the recurrence of Jacobi's polynomials, which does not
  /// lose digits.
  private static func radial(_ n: Int, _ m: Int, _ radius: Double) -> Double {
    let (order, a, t) = ((n - m) / 2, Double(m), 1 - 2 * radius * radius)
    var (before, last) = (0.0, 1.0)
    for step in stride(from: 1, through: order, by: 1) {
      let k = Double(step)
      let s = 2 * k + a
      let next =
        step == 1
        ? (a + 2) * t / 2 + a / 2
        : ((s - 1) * (s * (s - 2) * t + a * a) * last - 2 * (k + a - 1) * (k - 1) * s * before)
          / (2 * k * (k + a) * (s - 2))
      (before, last) = (last, next)
    }
    return (order.isMultiple(of: 2) ? 1 : -1) * Double.pow(radius, m) * last
  }
}
