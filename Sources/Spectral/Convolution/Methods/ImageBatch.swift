/// Images in memory, `stride` numbers apart: all channels of each, or those of one group.
struct ImageBatch<S>: Sendable {
  /// Never written to; the caller keeps the memory alive.
  nonisolated(unsafe) let base: UnsafePointer<S>
  let count: Int
  let stride: Int

  /// The first number of an image.
  subscript(image: Int) -> UnsafePointer<S> { base + image * stride }

  /// Some of the images.
  subscript(images: Range<Int>) -> ImageBatch {
    ImageBatch(base: base + images.lowerBound * stride, count: images.count, stride: stride)
  }

  /// The same images from a later channel on.
  func offset(by numbers: Int) -> ImageBatch { ImageBatch(base: base + numbers, count: count, stride: stride) }
}

/// Images in memory that a pass writes, `stride` numbers apart.
struct MutableImageBatch<S>: Sendable {
  /// Threads write to different images, or to different parts of one.
  nonisolated(unsafe) let base: UnsafeMutablePointer<S>
  let count: Int
  let stride: Int

  /// The first number of an image.
  subscript(image: Int) -> UnsafeMutablePointer<S> { base + image * stride }

  /// Some of the images.
  subscript(images: Range<Int>) -> MutableImageBatch {
    MutableImageBatch(base: base + images.lowerBound * stride, count: images.count, stride: stride)
  }

  /// The same images from a later channel on.
  func offset(by numbers: Int) -> MutableImageBatch {
    MutableImageBatch(base: base + numbers, count: count, stride: stride)
  }
}
