internal import CKernels
internal import Tensors

/// The extension of images by their padding, whole or only some of their columns, and its adjoint.
struct Extension<S: SpectralScalar>: Sendable {
  /// The numbers from one row of the extended image to the next.
  let rowStride: Int

  private let shape: ConvolutionShape
  private let rows: PlainTable<Int>
  private let runs: PlainTable<extension_run>
  private let writesZeroRows: Bool

  /// The whole extended image.
  init(_ shape: ConvolutionShape, _ boundary: Boundary) {
    let axes = ExtendedAxes(shape, boundary)
    self.init(
      shape, rows: axes.rows.sources, runs: axes.columns.runs(from: 0, count: shape.paddedWidth),
      rowStride: shape.paddedWidth, writesZeroRows: true)
  }

  /// Rows that are put together otherwise.
  ///
  /// - Parameters:
  ///   - shape: The sizes of the images.
  ///   - rows: The image's row that each row is made of; −1 for zeros.
  ///   - runs: What each row consists of.
  ///   - rowStride: The numbers from one row to the next.
  ///   - writesZeroRows: Whether rows of zeros are written, or left as they are.
  init(_ shape: ConvolutionShape, rows: [Int], runs: [extension_run], rowStride: Int, writesZeroRows: Bool) {
    self.shape = shape
    self.rows = PlainTable(rows)
    self.runs = PlainTable(runs)
    self.rowStride = rowStride
    self.writesZeroRows = writesZeroRows
  }

  /// The numbers of an extended image, a whole number of cache lines.
  var count: Int { aligned(shape.inputChannels * planeCount) }

  /// The numbers of an extended plane.
  var planeCount: Int { rows.count * rowStride }

  /// Extends the planes of one image.
  func extend(_ image: UnsafePointer<S>, into extended: UnsafeMutablePointer<S>) {
    extend(image, rows: 0..<rows.count, into: extended)
  }

  /// Makes some rows of the extension of one image; the planes hold only these.
  func extend(_ image: UnsafePointer<S>, rows: Range<Int>, into extended: UnsafeMutablePointer<S>) {
    extend(ImageBatch(base: image, count: 1, stride: 0), rows: rows, into: extended)
  }

  /// Extends the planes of images; the extensions lie ``count`` numbers apart.
  func extend(_ images: ImageBatch<S>, into extended: UnsafeMutablePointer<S>) {
    extend(images, rows: 0..<rows.count, into: extended, stride: count)
  }

  /// Makes some rows of the extensions of images, with no gap between them.
  func extend(_ images: ImageBatch<S>, rows: Range<Int>, into extended: UnsafeMutablePointer<S>) {
    extend(images, rows: rows, into: extended, stride: shape.inputChannels * rows.count * rowStride)
  }

  private func extend(
    _ images: ImageBatch<S>, rows: Range<Int>, into extended: UnsafeMutablePointer<S>, stride: Int
  ) {
    var part = part(rows)
    (part.images, part.image_stride, part.extended_image_stride) = (images.count, images.stride, stride)
    withUnsafePointer(to: part) { S.spectralFunctions.loops.extend($0, images.base, extended) }
  }

  /// Sets each sample to the sum of its copies in an extended image.
  func fold(_ extended: UnsafePointer<S>, into image: UnsafeMutablePointer<S>) {
    image.clear(count: shape.inputCount)
    fold(extended, addingTo: image)
  }

  /// Adds each number of an extended image to the sample that it is a copy of.
  func fold(_ extended: UnsafePointer<S>, addingTo image: UnsafeMutablePointer<S>) {
    withUnsafePointer(to: part(0..<rows.count)) { S.spectralFunctions.loops.fold($0, extended, image) }
  }

  private func part(_ part: Range<Int>) -> extension_shape {
    extension_shape(
      images: 1, planes: shape.inputChannels, row_count: part.count, run_count: runs.count, image_stride: 0,
      row_stride: shape.inputWidth, plane_stride: shape.inputHeight * shape.inputWidth, extended_image_stride: 0,
      extended_row_stride: rowStride, extended_plane_stride: part.count * rowStride,
      rows: rows.base + part.lowerBound, runs: runs.base, writes_zero_rows: writesZeroRows ? 1 : 0)
  }
}

/// What the rows and columns of a shape's extended images consist of.
struct ExtendedAxes {
  let rows: AxisMap
  let columns: AxisMap

  init(_ shape: ConvolutionShape, _ boundary: Boundary) {
    let padding = shape.padding
    rows = AxisMap(count: shape.inputHeight, before: padding.top, after: padding.bottom, boundary)
    columns = AxisMap(count: shape.inputWidth, before: padding.left, after: padding.right, boundary)
  }
}

/// The next multiple of 16: a whole number of cache lines in either precision.
func aligned(_ count: Int) -> Int { (count + 15) & ~15 }

extension ConvolutionShape {
  /// The C loops' view of the shape, of one group, on an extended image.
  var correlation: correlate_shape {
    correlate_shape(
      input_channels: inputChannels, output_channels: outputChannels, kernel_height: kernelHeight,
      kernel_width: kernelWidth, stride_y: strideY, stride_x: strideX, dilation_y: dilationY, dilation_x: dilationX,
      input_row_stride: paddedWidth, input_plane_stride: paddedHeight * paddedWidth, output_height: outputHeight,
      output_width: outputWidth, output_row_stride: outputWidth, output_plane_stride: outputHeight * outputWidth)
  }
}
