internal import Parallel
internal import Tensors

extension FeatureMap {
  /// What is never asked about: so much memory every machine has.
  private static var negligibleBytes: Int { 64 << 20 }

  /// Checks the images that a user gave, and that there is memory for the matrix and so many bytes besides.
  func validate<S: Scalar>(_ images: Tensor<S>, scratchBytes: Int = 0) throws(InputError) {
    guard images.rank == 3 && images.shape[1] == height && images.shape[2] == width else {
      throw InputError(
        name, "expected images of \(height)×\(width) in an array [N, \(height), \(width)], found shape \(images.shape)",
        remedy: "Make the feature map for the size of the images.")
    }
    try validateMemory(images.shape[0], scratchBytes)
    guard let index = images.firstNonFinite else { return }
    let (image, pixel) = index.quotientAndRemainder(dividingBy: height * width)
    throw InputError(
      name, "image \(image) has a pixel that is not a finite number, at row \(pixel / width), column \(pixel % width)",
      remedy: "Leave the image out, or replace the pixel; images are counted from 0.")
  }

  private func validateMemory(_ count: Int, _ scratchBytes: Int) throws(InputError) {
    let cells = Double(count) * Double(dimension)
    let bytes = 8 * cells + Double(scratchBytes)
    guard bytes > Double(Self.negligibleBytes), let available = AvailableMemory.byteCount, bytes > Double(available)
    else { return }
    throw InputError(
      name,
      "not enough memory: the design matrix \(count)×\(dimension) takes \(ByteCount(Int(min(8 * cells, 0x1p62))))"
        + (scratchBytes > 0 ? ", what it is made in \(ByteCount(scratchBytes))" : "")
        + ", and \(ByteCount(available)) are available",
      remedy: "Take fewer images at a time, fewer features, or smaller images.")
  }
}

extension Tensor where Element: Scalar {
  /// The place of the first element that is infinite or not a number, in row-major order.
  var firstNonFinite: Int? { withUnsafeBufferPointer { place(ofFirstNonFinite: $0) } }
}

/// Looks at a chunk at a time without a branch inside, and closer only where something is found.
@specialized(where S == Float)
@specialized(where S == Double)
private func place<S: Scalar>(ofFirstNonFinite values: UnsafeBufferPointer<S>) -> Int? {
  for start in stride(from: 0, to: values.count, by: 1024) {
    let chunk = start..<min(values.count, start + 1024)
    var isFinite = true
    for index in chunk { isFinite = isFinite && values[index].isFinite }
    if !isFinite { return chunk.first { !values[$0].isFinite } }
  }
  return nil
}
