public import Tensors

/// Products of discrete orthonormal polynomials, known as Gram or discrete Chebyshev polynomials.
///
/// P_d is of degree d, orthonormal on the equally spaced pixels of a row or column, with a positive leading coefficient for
/// x to the right and y downwards. Every size is accepted; degrees go to W − 1 along x and H − 1 along y.
///
/// Order: by total degree, then by the degree in x, descending. Names: `P2(x)P1(y)`.
public struct PolynomialBasis: OrthonormalBasis {
  /// `polynomial`.
  public let name = "polynomial"
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

  /// One band for each total degree: `degree 3`.
  public var bands: [AtomBand] { AtomBand.grouping(degrees(count: atomCount).map { "degree \($0.x + $0.y)" }) }

  /// The names of the first atoms.
  public func atomNames(count: Int) -> [String] { degrees(count: count).map { "P\($0.x)(x)P\($0.y)(y)" } }

  /// The first atoms, `[M, H, W]`.
  public func atoms(count: Int) -> Tensor<Double> {
    let degrees = degrees(count: count)
    let alongX = GramPolynomials.values(points: width, degrees: 1 + (degrees.map(\.x).max() ?? 0))
    let alongY = GramPolynomials.values(points: height, degrees: 1 + (degrees.map(\.y).max() ?? 0))
    return Tensor(shape: [count, height, width]) { target in
      for (index, degree) in degrees.enumerated() {
        for y in 0..<height {
          let factor = alongY[degree.y, y]
          let start = (index * height + y) * width
          for x in 0..<width { target[start + x] = factor * alongX[degree.x, x] }
        }
      }
    }
  }

  private func degrees(count: Int) -> [(x: Int, y: Int)] {
    checkCount(count)
    let all = (0...(width + height - 2)).lazy.flatMap { total in
      (max(0, total - (height - 1))...min(total, width - 1)).reversed().map { (x: $0, y: total - $0) }
    }
    return Array(all.prefix(count))
  }
}
