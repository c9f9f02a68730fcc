internal import CKernels
internal import Tensors

/// The extension of images by their padding, and its adjoint.
struct Extension<S: SpectralScalar>: Sendable {
  private let shape: ConvolutionShape
  private let boundary: Boundary

  init(_ shape: ConvolutionShape, _ boundary: Boundary) {
    self.shape = shape
    self.boundary = boundary
  }

  /// The numbers of an extended image and the readable zeros after it, a whole number of cache lines.
  var count: Int { aligned(shape.inputChannels * planeCount + Int(CORRELATE_SLACK)) }

  var planeCount: Int { shape.paddedHeight * shape.paddedWidth }

  /// Extends the planes of one image.
  func extend(_ image: UnsafePointer<S>, into extended: UnsafeMutablePointer<S>) {
    let plane = shape.inputHeight * shape.inputWidth
    for channel in 0..<shape.inputChannels {
      extendPlane(image + channel * plane, into: extended + channel * planeCount)
    }
  }

  /// Adds each sample of an extended image to the sample that it is a copy of.
  func fold(_ extended: UnsafePointer<S>, into image: UnsafeMutablePointer<S>) {
    let plane = shape.inputHeight * shape.inputWidth
    let functions = S.spectralFunctions
    for channel in 0..<shape.inputChannels {
      let (from, to) = (extended + channel * planeCount, image + channel * plane)
      switch boundary {
      case .zero: withUnsafePointer(to: frame) { functions.loops.unframe($0, from, to) }
      case .circular:
        to.clear(count: plane)
        withUnsafePointer(to: cycle) { functions.loops.scatterCyclic($0, from, to) }
      }
    }
  }

  private func extendPlane(_ image: UnsafePointer<S>, into extended: UnsafeMutablePointer<S>) {
    let functions = S.spectralFunctions
    switch boundary {
    case .zero: withUnsafePointer(to: frame) { functions.loops.frame($0, image, extended) }
    case .circular:
      withUnsafePointer(to: cycle) { functions.loops.gatherCyclic($0, image, 1, 0, extended) }
      (extended + planeCount).clear(count: Int(CORRELATE_SLACK))
    }
  }

  private var frame: frame_shape {
    frame_shape(
      rows: shape.inputHeight, columns: shape.inputWidth, top: shape.padding.top, left: shape.padding.left,
      outer_rows: shape.paddedHeight, outer_row_stride: shape.paddedWidth, slack: Int(CORRELATE_SLACK))
  }

  private var cycle: cyclic_shape {
    cyclic_shape(
      rows: shape.paddedHeight, columns: shape.paddedWidth, stride_y: 1, stride_x: 1, offset_y: shape.padding.top,
      offset_x: shape.padding.left, period_y: shape.inputHeight, period_x: shape.inputWidth,
      grid_row_stride: shape.inputWidth)
  }
}

/// The next multiple of 16: a whole number of cache lines in either precision.
func aligned(_ count: Int) -> Int { (count + 15) & ~15 }

extension ConvolutionShape {
  /// The C loops' view of the shape, on an extended image.
  var correlation: correlate_shape {
    correlate_shape(
      input_channels: inputChannels, output_channels: outputChannels, kernel_height: kernelHeight,
      kernel_width: kernelWidth, stride_y: strideY, stride_x: strideX, input_row_stride: paddedWidth,
      input_plane_stride: paddedHeight * paddedWidth, output_height: outputHeight, output_width: outputWidth,
      output_row_stride: outputWidth, output_plane_stride: outputHeight * outputWidth)
  }
}
