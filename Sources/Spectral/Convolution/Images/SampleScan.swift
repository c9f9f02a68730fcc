internal import Parallel
internal import Tensors

/// One look at every sample of a batch, shared among threads, for images that cannot be convolved as they are.
enum SampleScan<S: SpectralScalar> {
  private static var numbersOfBlock: Int { 1 << 17 }

  /// The images that hold a sample that is not finite, or whose magnitudes are far from 1.
  ///
  /// - Parameters:
  ///   - images: The batch.
  ///   - count: The numbers of one image.
  ///   - workspace: Scratch memory.
  /// - Returns: Their indices in ascending order.
  static func unusualImages(
    _ images: ImageBatch<S>, count: Int, _ workspace: ConvolutionWorkspace<S>
  ) -> [Int] {
    let blocks = max(1, (count + numbersOfBlock - 1) / numbersOfBlock)
    let imagesOfPart = max(1, numbersOfBlock / count)
    let parts = blocks > 1 ? images.count * blocks : (images.count + imagesOfPart - 1) / imagesOfPart
    // Each iteration writes numbers of its own.
    nonisolated(unsafe) let largest = workspace.scratch(images.count * blocks)
    parallelFor(parts) { part in
      if blocks > 1 {
        let first = part % blocks * numbersOfBlock
        let samples = UnsafeBufferPointer(
          start: images[part / blocks] + first, count: min(numbersOfBlock, count - first))
        largest[part] = SampleRange.largestMagnitude(samples)
      } else {
        let range = part * imagesOfPart..<min(images.count, (part + 1) * imagesOfPart)
        scan(images[range], count: count, into: largest + range.lowerBound)
      }
    }
    return unusual(UnsafeBufferPointer(start: largest, count: images.count * blocks), blocks: blocks)
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  private static func scan(_ images: ImageBatch<S>, count: Int, into largest: UnsafeMutablePointer<S>) {
    let magnitude = S.spectralFunctions.loops.largestMagnitude
    for image in 0..<images.count { largest[image] = magnitude(count, images[image]) }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  private static func unusual(_ largest: UnsafeBufferPointer<S>, blocks: Int) -> [Int] {
    var images: [Int] = []
    for image in 0..<largest.count / blocks {
      var value: S = 0
      for block in 0..<blocks { value = max(value, largest[image * blocks + block]) }
      if !SampleRange.isOrdinary(value) { images.append(image) }
    }
    return images
  }
}
