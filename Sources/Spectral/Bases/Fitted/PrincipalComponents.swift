internal import Tensors

/// The directions in which training images vary, the widest first.
struct PrincipalComponents: Sendable {
  /// The directions, orthonormal, `[H·W, H·W]`: each row one.
  let directions: Tensor<Double>
  /// The variance of the training images along each direction (divisor N − 1).
  let variances: [Double]

  /// The largest number of pixels: the directions hold its square of numbers.
  static let largestPixelCount = 4096

  /// Fits directions.
  ///
  /// - Parameters:
  ///   - training: At least two images `[N, H, W]`.
  ///   - name: What an error names.
  /// - Throws: `InputError` for images that are too few, too large or not finite.
  init(_ training: Tensor<Double>, for name: String) throws {
    let (count, pixels) = (training.shape[0], training.rowStride)
    guard count >= 2 else {
      throw InputError(name, "found \(count) training images, expected at least 2 to see how they vary")
    }
    guard pixels <= Self.largestPixelCount else {
      throw InputError(
        name, "found training images of \(pixels) pixels, expected at most \(Self.largestPixelCount)",
        remedy: "Make them smaller: a fit takes the square of that many numbers.")
    }
    guard let factors = SingularValueDecomposition(Self.centered(training)) else {
      throw InputError(name, "the training images are not all finite numbers")
    }
    directions = Self.withPositivePeaks(factors.vTransposed)
    variances = factors.singularValues.map { $0 * $0 / Double(count - 1) }
  }

  /// The images without their mean, one per row; rows of zeros follow where there are fewer images than pixels, so that
  /// the decomposition completes the directions.
  private static func centered(_ training: Tensor<Double>) -> Tensor<Double> {
    let (count, pixels) = (training.shape[0], training.rowStride)
    return Tensor(shape: [max(count, pixels), pixels]) { target in
      target.update(repeating: 0)
      training.withUnsafeBufferPointer { source in
        for pixel in 0..<pixels {
          let mean = (0..<count).reduce(0) { $0 + source[$1 * pixels + pixel] } / Double(count)
          for image in 0..<count { target[image * pixels + pixel] = source[image * pixels + pixel] - mean }
        }
      }
    }
  }

  /// The rows, each with its largest number positive: the sign that a decomposition leaves open.
  private static func withPositivePeaks(_ rows: Tensor<Double>) -> Tensor<Double> {
    let width = rows.shape[1]
    var rows = rows
    rows.withUnsafeMutableBufferPointer { values in
      for row in 0..<values.count / width {
        let range = row * width..<(row + 1) * width
        guard let peak = values[range].max(by: { abs($0) < abs($1) }), peak < 0 else { continue }
        for index in range { values[index].negate() }
      }
    }
    return rows
  }
}
