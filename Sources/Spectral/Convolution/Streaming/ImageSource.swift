/// Images that are read part by part, such as those of a file larger than memory.
///
/// A convolution reads one part while it writes another, but never two at the same time.
public protocol ImageSource<S>: Sendable {
  /// The precision that they are read in.
  associatedtype S: SpectralScalar

  /// Reads a part of one plane.
  ///
  /// - Parameters:
  ///   - region: The part; never empty.
  ///   - target: Receives the samples; its first is that of the first row and column.
  ///   - rowStride: How many numbers apart the rows lie in `target`.
  /// - Throws: An error where it cannot be read.
  func read(_ region: ImageRegion, into target: inout MutableSpan<S>, rowStride: Int) throws
}

/// Images that are written part by part.
public protocol ImageSink<S>: Sendable {
  /// The precision that they are written in.
  associatedtype S: SpectralScalar

  /// Writes a part of one plane.
  ///
  /// - Parameters:
  ///   - values: The samples; the first is that of the first row and column.
  ///   - rowStride: How many numbers apart the rows lie in `values`.
  ///   - region: The part; never empty.
  /// - Throws: An error where it cannot be written.
  func write(_ values: Span<S>, rowStride: Int, to region: ImageRegion) throws
}
