internal import Numerics
internal import Parallel
internal import Tensors

extension FeatureMap {
  /// The design matrix of a map that goes image by image in Double.
  ///
  /// - Parameters:
  ///   - images: `[N, H, W]`.
  ///   - makeWriter: Makes, for each task, what writes the row of an image with scratch memory of its own.
  /// - Returns: `[N, D]`.
  /// - Throws: `InputError` for images that the map cannot use.
  func rows<S: Scalar>(
    _ images: Tensor<S>,
    _ makeWriter: @Sendable () -> (_ image: UnsafePointer<Double>, _ row: UnsafeMutablePointer<Double>) -> Void
  ) throws -> Tensor<Double> {
    try validate(images)
    let (count, pixels, blockCount) = (images.shape[0], height * width, 64)
    let images = images.inDouble()
    return Tensor(shape: [count, dimension]) { target in
      let slices = DisjointSlices(target)
      parallelFor((count + blockCount - 1) / blockCount) { block in
        let write = makeWriter()
        images.withUnsafeBufferPointer { images in
          for index in block * blockCount..<min(count, (block + 1) * blockCount) {
            write(
              images.baseAddress! + index * pixels,
              slices[index * dimension..<(index + 1) * dimension].baseAddress!)
          }
        }
      }
    }
  }

  /// The same for a map of each image's half spectrum `[H, W/2 + 1]`.
  func spectrumRows<S: Scalar>(
    _ images: Tensor<S>, _ transform: PlaneTransform<Double>,
    _ write: @escaping @Sendable (UnsafePointer<Complex<Double>>, UnsafeMutablePointer<Double>) -> Void
  ) throws -> Tensor<Double> {
    try rows(images) {
      let plane = AlignedMemory<Double>(count: transform.realCount)
      let spectrum = AlignedMemory<Complex<Double>>(count: transform.spectrumCount)
      return { image, row in
        plane.base.update(from: image, count: transform.realCount)
        transform.forward(plane.base, spectrum.base)
        write(spectrum.base, row)
      }
    }
  }
}

extension PlaneTransform {
  /// 1.25·n·log₂ n real multiply-adds for n = H·W pixels, and 2 for each squared modulus.
  var powerOperations: Double { 1.25 * ImageSize(height, width).transformSteps + 2 * Double(spectrumCount) }

  /// The names of the frequencies of a half spectrum, `(ky,kx)` with ky from −⌈H/2⌉ + 1 to H/2.
  var frequencyNames: [String] {
    (0..<height).flatMap { row in
      (0...width / 2).map { "(\(row > height / 2 ? row - height : row),\($0))" }
    }
  }
}
