internal import CKernels
internal import Tensors

extension CorrelationZone {
  /// The numbers that the extension of so many rows of one image takes.
  func extendedCount(rows: Int) -> Int { (self.rows?.rowStride ?? 0) * rows * channels }

  /// Correlates the rows of this zone.
  ///
  /// - Parameters:
  ///   - shape: The sizes.
  ///   - input: The images.
  ///   - bank: The packed bank.
  ///   - output: Receives the results.
  ///   - rows: The rows of the outputs.
  ///   - padded: The rows of the extended image that they meet.
  ///   - scratch: Memory for the extended rows of these images.
  func correlate(
    _ shape: ConvolutionShape, _ input: ImageBatch<S>, _ bank: UnsafePointer<S>, into output: MutableImageBatch<S>,
    rows: Range<Int>, padded: Range<Int>, _ scratch: UnsafeMutablePointer<S>
  ) {
    let target = output.base + rows.lowerBound * shape.outputWidth + columns.lowerBound
    var loop = self.loop(shape, rows.count, padded, images: input.count)
    loop.output_image_stride = output.stride
    let samples = place(shape, input, padded, scratch, &loop)
    if let signal {
      correlateSignals(loop, signal, samples, bank, target)
    } else {
      S.spectralFunctions.loops.direct(&loop, samples, bank, target)
    }
  }

  /// Extends rows of images, where that is needed, and tells a loop where it finds them.
  func place(
    _ shape: ConvolutionShape, _ input: ImageBatch<S>, _ padded: Range<Int>, _ scratch: UnsafeMutablePointer<S>,
    _ loop: inout direct_shape
  ) -> UnsafePointer<S> {
    guard let rows else {
      loop.input_plane_stride = shape.inputHeight * shape.inputWidth
      loop.input_image_stride = input.stride
      return input.base
    }
    loop.input_plane_stride = rows.rowStride * padded.count
    loop.input_image_stride = loop.input_plane_stride * channels
    rows.extend(input, rows: padded, into: scratch)
    return UnsafePointer(scratch - padded.lowerBound * rows.rowStride)
  }

  /// The sizes of a loop over rows of images.
  func loop(_ shape: ConvolutionShape, _ rows: Int, _ padded: Range<Int>, images: Int) -> direct_shape {
    direct_shape(
      channels: shape.inputChannels, filters: shape.outputChannels, phase_count: phases.count, phases: phases.base,
      rows: offsets.base + padded.lowerBound, row_stride: shape.strideY,
      tap_row_step: shape.rowPhases.spacing * shape.dilationY, tap_step: shape.columnPhases.step,
      input_plane_stride: 0, input_image_stride: 0, images: images, output_height: rows, output_width: columns.count,
      output_row_step: shape.rowPhases.step, output_row_stride: shape.outputWidth,
      output_plane_stride: shape.positionCount, output_image_stride: 0)
  }

  /// Correlates each row of each image with a kernel of one row.
  private func correlateSignals(
    _ rows: direct_shape, _ signal: SignalBlocks, _ samples: UnsafePointer<S>, _ bank: UnsafePointer<S>,
    _ target: UnsafeMutablePointer<S>
  ) {
    var loop = rows
    loop.phase_count = signal.phases.count
    loop.phases = signal.phases.base
    loop.rows = signal.rows.base
    (loop.row_stride, loop.tap_row_step, loop.output_row_step) = (1, 1, 1)
    loop.images = columns.count / SignalBlocks.segmentCount
    (loop.input_image_stride, loop.output_image_stride) = (SignalBlocks.segmentCount, SignalBlocks.segmentCount)
    (loop.output_height, loop.output_width) = (SignalBlocks.segmentRows, SignalBlocks.rowCount)
    loop.output_row_stride = SignalBlocks.rowCount
    for image in 0..<rows.images {
      let first = samples + image * rows.input_image_stride
      for row in 0..<rows.output_height {
        let offset = rows.rows[row * rows.row_stride]
        let output = target + image * rows.output_image_stride + row * rows.output_row_stride
        if offset >= 0 {
          S.spectralFunctions.loops.direct(&loop, first + offset, bank, output)
        } else {
          for filter in 0..<rows.filters { (output + filter * rows.output_plane_stride).clear(count: columns.count) }
        }
      }
    }
  }
}
