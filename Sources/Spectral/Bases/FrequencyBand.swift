/// Octaves and orientations of two-dimensional frequencies, decided in whole numbers.
enum FrequencyBand {
  /// The bands of atoms whose frequency is (u/2H, v/2W) in cycles per pixel, both diagonals in one.
  ///
  /// - Parameters:
  ///   - pairs: u and v of each atom, in order.
  ///   - height: H.
  ///   - width: W.
  /// - Returns: The constant, `mean`, and a band for each level and orientation.
  static func bands(of pairs: [(y: Int, x: Int)], height: Int, width: Int) -> [AtomBand] {
    let names = pairs.map { pair in
      let (alongY, alongX) = (pair.y * width, pair.x * height)
      guard pair.y > 0 || pair.x > 0 else { return "mean" }
      let squared = alongY * alongY + alongX * alongX
      let level = level(ofSquared: squared, outOf: 4 * height * height * width * width)
      return "level \(level) \(orientation(alongY: alongY, alongX: alongX).rawValue)"
    }
    return AtomBand.grouping(names)
  }

  /// The direction in which the stripes of a wave run.
  enum Orientation: String { case horizontal, vertical, diagonal }

  /// The octave of a frequency, counted as the levels of wavelets are: 1 above ¼ cycle per pixel, 2 above ⅛, and so on.
  ///
  /// - Parameters:
  ///   - squared: f²·n, above 0.
  ///   - unit: n.
  /// - Returns: The smallest ℓ ≥ 1 with f > 2⁻⁽ℓ⁺¹⁾.
  static func level(ofSquared squared: Int, outOf unit: Int) -> Int {
    var level = 1
    while squared << (2 * (level + 1)) <= unit { level += 1 }
    return level
  }

  /// Horizontal or vertical within 22.5°, else diagonal.
  ///
  /// tan 22.5° = √2 − 1, so that |y| ≥ (1 + √2)·|x| becomes a comparison of (|y| − |x|)² and 2x².
  static func orientation(alongY y: Int, alongX x: Int) -> Orientation {
    let (y, x) = (abs(y), abs(x))
    let (small, large) = (min(y, x), max(y, x))
    guard (large - small) * (large - small) > 2 * small * small else { return .diagonal }
    return y > x ? .horizontal : .vertical
  }
}
