internal import Tensors

/// The sizes that dyadic wavelets exist at.
enum HalvableSize {
  /// Checks that each side is even, or 1.
  ///
  /// - Throws: `InputError` that names the nearest sizes that are.
  static func check(height: Int, width: Int, for name: String) throws {
    precondition(height >= 1 && width >= 1, "expected a size of at least 1×1, got \(height)×\(width)")
    guard ![height, width].allSatisfy({ $0 == 1 || $0.isMultiple(of: 2) }) else { return }
    let (smaller, larger) = ((even(height, -1), even(width, -1)), (even(height, 1), even(width, 1)))
    throw InputError(
      name, "images of \(height)×\(width) cannot be halved",
      remedy: "Height and width must each be even (or 1), for instance \(smaller.0)×\(smaller.1) or "
        + "\(larger.0)×\(larger.1); with powers of two every scale exists.")
  }

  private static func even(_ side: Int, _ step: Int) -> Int { side == 1 || side % 2 == 0 ? side : side + step }

  /// How often a side can be halved.
  static func halvings(_ side: Int) -> Int { side.trailingZeroBitCount }
}
