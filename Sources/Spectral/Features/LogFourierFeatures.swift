internal import Numerics
internal import Parallel
public import Tensors

/// The logarithm of the modulus of an image's Fourier transform, which no circular shift changes.
///
/// log(1 + |X̂|) over the half spectrum, as `numpy.log1p(numpy.abs(numpy.fft.rfft2(x)))` row by row: D = H·(W/2 + 1). The
/// column of k_x = 0, and of W/2 for even W, holds k_y and −k_y, whose moduli are equal. Both are kept, so that the matrix is
/// NumPy's; a ridge then penalises these frequencies half as much as the others. The logarithm sees absolute values: images
/// in other units give other features.
public struct LogFourierFeatures: FeatureMap {
  /// `log-fourier`.
  public let name = "log-fourier"
  /// H, the number of rows of an image.
  public let height: Int
  /// W, the number of columns of an image.
  public let width: Int

  private let transform: PlaneTransform<Double>

  /// The images that one task takes.
  private static let blockCount = 64

  /// Creates the map.
  ///
  /// - Parameters:
  ///   - height: H ≥ 1.
  ///   - width: W ≥ 1.
  public init(height: Int, width: Int) {
    precondition(height >= 1 && width >= 1, "expected a size of at least 1×1, got \(height)×\(width)")
    self.height = height
    self.width = width
    transform = PlaneTransform(height: height, width: width)
  }

  /// H·(W/2 + 1).
  public var dimension: Int { height * (width / 2 + 1) }

  /// 1.25·n·log₂ n for the transform of n = H·W pixels, and 2 for each modulus.
  public var operations: Double {
    let count = Double(height * width)
    return 1.25 * count * Double.log2(count) + 2 * Double(dimension)
  }

  /// `log modulus (ky,kx)`, ky from −⌈H/2⌉ + 1 to H/2.
  public var featureNames: [String] {
    (0..<height).flatMap { row in
      (0...width / 2).map { "log modulus (\(row > height / 2 ? row - height : row),\($0))" }
    }
  }

  /// log(1 + |X̂|) of images `[N, H, W]`, `[N, D]`.
  public func designMatrix<S: Scalar>(_ images: Tensor<S>) throws -> Tensor<Double> {
    try validate(images)
    let count = images.shape[0]
    let images = images.inDouble()
    return Tensor(shape: [count, dimension]) { target in
      let slices = DisjointSlices(target)
      parallelFor((count + Self.blockCount - 1) / Self.blockCount) { block in
        let range = block * Self.blockCount..<min(count, (block + 1) * Self.blockCount)
        writeRows(images, range, to: slices[range.lowerBound * dimension..<range.upperBound * dimension])
      }
    }
  }

  private func writeRows(
    _ images: Tensor<Double>, _ range: Range<Int>, to rows: UnsafeMutableBufferPointer<Double>
  ) {
    let plane = AlignedMemory<Double>(count: height * width)
    let spectrum = AlignedMemory<Double>(count: 2 * dimension)
    images.withUnsafeBufferPointer { images in
      for (row, image) in range.enumerated() {
        for pixel in 0..<plane.count { plane.base[pixel] = images[image * plane.count + pixel] }
        transform.forward(plane.base, complexPointer(spectrum.base))
        for index in 0..<dimension {
          rows[row * dimension + index] = Double.log(onePlus: complexPointer(spectrum.base)[index].length)
        }
      }
    }
  }
}
