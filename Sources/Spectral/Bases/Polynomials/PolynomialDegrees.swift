/// The degrees of products of a polynomial of x and one of y, in the order of the polynomial bases.
enum PolynomialDegrees {
  /// By total degree, then by the degree in x, descending; degrees go to W − 1 along x and H − 1 along y.
  static func all(height: Int, width: Int) -> [(y: Int, x: Int)] {
    (0...(width + height - 2)).flatMap { total in
      (max(0, total - (height - 1))...min(total, width - 1)).reversed().map { (y: total - $0, x: $0) }
    }
  }

  /// One band for each total degree.
  static func bands(_ degrees: [(y: Int, x: Int)]) -> [AtomBand] {
    AtomBand.grouping(degrees.map { "degree \($0.x + $0.y)" })
  }
}
