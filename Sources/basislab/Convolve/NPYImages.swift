import Formats
import Spectral
import Tensors

/// The images `[H, W]` or `[N, H, W]` of an NPY file, read part by part.
struct NPYImageSource<S: SpectralScalar>: ImageSource {
  private let reader: NPYRegionReader

  init(_ reader: NPYRegionReader) { self.reader = reader }

  func read(_ region: ImageRegion, into target: inout MutableSpan<S>, rowStride: Int) throws {
    try reader.read(
      lines: region.lines(ofImagesLike: reader.header.shape), columns: region.columns, into: &target,
      lineStride: rowStride)
  }
}

/// The images `[H, W]` or `[N, H, W]` of an NPY file, written part by part.
struct NPYImageSink<S: SpectralScalar>: ImageSink {
  private let writer: NPYRegionWriter<S>

  init(_ writer: NPYRegionWriter<S>) { self.writer = writer }

  func write(_ values: Span<S>, rowStride: Int, to region: ImageRegion) throws {
    try writer.write(
      values, lines: region.lines(ofImagesLike: writer.shape), columns: region.columns, lineStride: rowStride)
  }
}

extension ImageRegion {
  /// The rows as lines of an array of that shape, in which the planes follow one another.
  fileprivate func lines(ofImagesLike shape: [Int]) -> Range<Int> {
    let first = plane * shape[shape.count - 2]
    return first + rows.lowerBound..<first + rows.upperBound
  }
}
