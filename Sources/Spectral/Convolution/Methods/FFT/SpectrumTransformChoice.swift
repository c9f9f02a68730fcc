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
    var best = (height: fastLength(least.height), width: fastLength(least.width))
    var lowest = cost(best, transforms, products)
    for height in lengths(atLeast: least.height) {
      for width in lengths(atLeast: least.width) {
        let found = cost((height, width), transforms, products)
        if found < lowest { (best, lowest) = ((height, width), found) }
      }
    }
    return best
  }

  /// The lengths that FFTW has one vectorised codelet for, and is two or three times as fast at as at others.
  private static let codeletLengths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 32, 64, 128]

  private static func lengths(atLeast count: Int) -> [Int] {
    [fastLength(count)] + (codeletLengths.first { $0 >= count }.map { [$0] } ?? [])
  }

  /// In units of a multiply-add of a product.
  private static func cost(_ size: (height: Int, width: Int), _ transforms: Int, _ products: Int) -> Double {
    let points = Double(size.height * size.width)
    let steps = lengthCost(size.height) + lengthCost(size.width)
    return points * (Double(transforms) * steps + 4 * Double(products))
  }

  /// The cost per point of the passes along one axis.
  private static func lengthCost(_ count: Int) -> Double {
    let operations = 2.5 * Double.log2(Double(max(2, count)))
    return operations * (codeletLengths.contains(count) ? 2 : 6)
  }
}
