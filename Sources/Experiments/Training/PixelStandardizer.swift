public import Tensors

/// The affine map that gives training pixels mean 0 and standard deviation 1, or the range −1…1.
public struct PixelStandardizer: Codable, Equatable, Sendable {
  /// The mean of the training pixels, or the middle of their range.
  public let mean: Float
  /// Their standard deviation, or half their range; 1 where they are all the same.
  public let deviation: Float

  /// The map by its numbers.
  init(mean: Float, deviation: Float) { (self.mean, self.deviation) = (mean, deviation) }

  /// Takes mean and deviation from all pixels of the training images.
  public init(fitting images: Tensor<Float>) {
    let count = Double(images.count)
    let (mean, square) = images.withUnsafeBufferPointer { pixels in
      let mean = pixels.reduce(0.0) { $0 + Double($1) } / count
      return (mean, pixels.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count)
    }
    self.mean = Float(mean)
    deviation = square > 0 ? Float(square.squareRoot()) : 1
  }

  /// Takes the middle and half the width of the range of all pixels of the training images.
  public init(spanning images: Tensor<Float>) {
    let (low, high) = images.withUnsafeBufferPointer { ($0.min() ?? 0, $0.max() ?? 0) }
    mean = (low + high) / 2
    deviation = high > low ? (high - low) / 2 : 1
  }

  /// The map of pixels that were not multiplied by a scale before.
  func unscaled(by scale: Float) -> PixelStandardizer {
    PixelStandardizer(mean: mean / scale, deviation: deviation / scale)
  }

  /// (x − mean)/deviation of every pixel.
  public func apply(_ images: Tensor<Float>) -> Tensor<Float> { images.map { ($0 - mean) / deviation } }
}
