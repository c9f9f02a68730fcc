internal import CKernels
internal import Tensors

/// The extension of images by their padding, and its adjoint.
struct Extension<S: SpectralScalar>: Sendable {
  private let shape: ConvolutionShape
  private let rows: AxisMap
  private let columns: AxisMap

  init(_ shape: ConvolutionShape, _ boundary: Boundary) {
    self.shape = shape
    rows = AxisMap(count: shape.inputHeight, before: shape.padding.top, after: shape.padding.bottom, boundary)
    columns = AxisMap(count: shape.inputWidth, before: shape.padding.left, after: shape.padding.right, boundary)
  }

  /// The numbers of an extended image and the readable zeros after it, a whole number of cache lines.
  var count: Int { aligned(shape.inputChannels * planeCount + Int(CORRELATE_SLACK)) }

  var planeCount: Int { shape.paddedHeight * shape.paddedWidth }

  /// Extends the planes of one image.
  func extend(_ image: UnsafePointer<S>, into extended: UnsafeMutablePointer<S>) {
    for channel in 0..<shape.inputChannels {
      for row in 0..<rows.sources.count {
        let target = extended + channel * planeCount + row * shape.paddedWidth
        extendRow(image, channel, rows.sources[row], into: target)
      }
    }
    (extended + shape.inputChannels * planeCount).clear(count: Int(CORRELATE_SLACK))
  }

  /// Adds each sample of an extended image to the sample that it is a copy of.
  func fold(_ extended: UnsafePointer<S>, into image: UnsafeMutablePointer<S>) {
    image.clear(count: shape.inputCount)
    for channel in 0..<shape.inputChannels {
      for row in 0..<rows.sources.count where rows.sources[row] >= 0 {
        let target = image + (channel * shape.inputHeight + rows.sources[row]) * shape.inputWidth
        foldRow(extended + channel * planeCount + row * shape.paddedWidth, into: target)
      }
    }
  }

  private func extendRow(
    _ image: UnsafePointer<S>, _ channel: Int, _ row: Int, into target: UnsafeMutablePointer<S>
  ) {
    guard row >= 0 else { return target.clear(count: shape.paddedWidth) }
    let source = image + (channel * shape.inputHeight + row) * shape.inputWidth
    for column in 0..<columns.inside.lowerBound { target[column] = sample(source, column) }
    (target + columns.inside.lowerBound).update(from: source, count: shape.inputWidth)
    for column in columns.inside.upperBound..<shape.paddedWidth { target[column] = sample(source, column) }
  }

  private func sample(_ row: UnsafePointer<S>, _ column: Int) -> S {
    let source = columns.sources[column]
    return source < 0 ? 0 : row[source]
  }

  private func foldRow(_ row: UnsafePointer<S>, into target: UnsafeMutablePointer<S>) {
    for column in 0..<shape.paddedWidth where columns.sources[column] >= 0 {
      target[columns.sources[column]] += row[column]
    }
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
