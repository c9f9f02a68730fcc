/// One axis of a convolution, and how it is laid on a grid.
struct GridAxis {
  let count: Int
  let stride: Int
  private let padding: (before: Int, after: Int)
  private let kernelCount: Int
  private let dilation: Int
  private let outputCount: Int

  init(verticalOf shape: ConvolutionShape) {
    count = shape.inputHeight
    stride = shape.strideY
    padding = (shape.padding.top, shape.padding.bottom)
    kernelCount = shape.kernelHeight
    dilation = shape.dilationY
    outputCount = shape.outputHeight
  }

  init(horizontalOf shape: ConvolutionShape) {
    count = shape.inputWidth
    stride = shape.strideX
    padding = (shape.padding.left, shape.padding.right)
    kernelCount = shape.kernelWidth
    dilation = shape.dilationX
    outputCount = shape.outputWidth
  }

  /// The shortest grid that gives the exact result.
  func least(isExtended: Bool) -> Int {
    let samples = count + (isExtended ? padding.before + padding.after : max(padding.before, padding.after))
    return max((samples + stride - 1) / stride, outputCount)
  }

  /// Whether circular padding is the period of a fast transform of the image itself.
  var isItsOwnGrid: Bool {
    count % stride == 0 && fastLength(count / stride) == count / stride && outputCount <= count / stride
  }

  func phases(grid: Int, isExtended: Bool) -> [AxisPhase] {
    let samples = count + (isExtended ? padding.before + padding.after : 0)
    return (0..<stride).map { phase in
      let positions = (0..<kernelCount).map { $0 * dilation - (isExtended ? 0 : padding.before) }
      let weights = positions.indices.filter { Boundary.remainder(positions[$0], stride) == phase }
      return AxisPhase(
        samples: max(0, (samples - phase + stride - 1) / stride), weights: weights,
        places: weights.map { Boundary.remainder((positions[$0] - phase) / stride, grid) })
    }
  }
}

/// The part of an axis that one phase sees.
struct AxisPhase: Sendable {
  /// The samples of the image.
  let samples: Int
  /// The weights of the kernel.
  let weights: [Int]
  /// Where on the grid each of them lies.
  let places: [Int]
}
