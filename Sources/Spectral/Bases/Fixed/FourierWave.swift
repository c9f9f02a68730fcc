/// A cosine or sine of the real Fourier basis.
struct FourierWave: Sendable {
  /// Cycles per image, k_x ≥ 0.
  let frequency: (y: Int, x: Int)
  let isSine: Bool
  /// Whether k and −k are the same bin, which has no sine.
  let isSelfConjugate: Bool
  /// |k|² in cycles per pixel, times (HW)².
  let squaredLength: Int

  var name: String { "\(isSine ? "sin" : "cos")(\(frequency.y),\(frequency.x))" }

  /// The atoms' amplitude, for images of so many pixels.
  func amplitude(pixelCount: Int) -> Double { ((isSelfConjugate ? 1 : 2) / Double(pixelCount)).squareRoot() }

  /// All waves of a size in the order of the basis.
  static func all(height: Int, width: Int) -> [FourierWave] {
    var all: [FourierWave] = []
    for x in 0...width / 2 {
      for y in -((height - 1) / 2)...height / 2 { all += waves(at: (y, x), height: height, width: width) }
    }
    return all.sorted(by: precedes)
  }

  /// The atoms of one frequency of the half plane: cosine and sine, the cosine, or none where −k stands for it.
  private static func waves(at frequency: (y: Int, x: Int), height: Int, width: Int) -> [FourierWave] {
    let (y, x) = frequency
    let isConjugateColumn = x == 0 || 2 * x == width
    if isConjugateColumn && y < 0 { return [] }
    let isSelfConjugate = isConjugateColumn && (y == 0 || 2 * y == height)
    let squaredLength = y * y * width * width + x * x * height * height
    return (isSelfConjugate ? [false] : [false, true]).map {
      FourierWave(frequency: frequency, isSine: $0, isSelfConjugate: isSelfConjugate, squaredLength: squaredLength)
    }
  }

  private static func precedes(_ left: FourierWave, _ right: FourierWave) -> Bool {
    let (a, b) = (left.frequency.y, right.frequency.y)
    if left.squaredLength != right.squaredLength { return left.squaredLength < right.squaredLength }
    if abs(a) != abs(b) { return abs(a) < abs(b) }
    if a != b { return a > b }
    return !left.isSine && right.isSine
  }
}
