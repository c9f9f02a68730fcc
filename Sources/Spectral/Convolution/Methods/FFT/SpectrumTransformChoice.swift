/// Which grid and which transform a convolution takes, from sizes and built-in constants alone.
enum SpectrumTransformChoice {
  /// Whether two images are transformed at a time: where a plane fits the processor's inner caches.
  static func isPaired(_ size: (height: Int, width: Int)) -> Bool { size.height * size.width <= 1 << 14 }

  /// The cheapest grid of at least a size.
  ///
  /// - Parameters:
  ///   - least: The smallest rows and columns.
  ///   - transforms: The transforms of one image.
  ///   - products: The products at each frequency.
  /// - Returns: The rows and columns.
  static func size(
    atLeast least: (height: Int, width: Int), transforms: Int, products: Int
  ) -> (height: Int, width: Int) {
    var best: (cost: Double, size: (height: Int, width: Int))?
    for height in PairLength.all(atLeast: least.height) {
      for width in PairLength.all(atLeast: least.width) {
        let product = productNanoseconds * Double(products) * Double(height.count * width.count)
        let cost = Double(transforms) * nanoseconds(height, width, rows: least.height) + product
        if cost < best?.cost ?? .infinity { best = (cost, (height.count, width.count)) }
      }
    }
    guard let best else { preconditionFailure("expected a grid for \(least)") }
    return best.size
  }

  /// The nanoseconds of a transform of a plane in Float of which only some rows hold samples, or are wanted.
  static func nanoseconds(_ height: PairLength, _ width: PairLength, rows: Int) -> Double {
    planeNanoseconds + Double(rows) * width.nanoseconds + Double(width.count) * height.nanoseconds
  }

  /// What the calls of FFTW take whatever the size.
  private static let planeNanoseconds = 20.0
  private static let productNanoseconds = 0.15
}
