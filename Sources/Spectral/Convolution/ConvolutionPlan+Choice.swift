internal import Tensors

extension ConvolutionPlan {
  /// The method with the smallest estimated cost, from the shape and built-in constants alone.
  ///
  /// The unit is one multiply-add of the direct loops. A transform of n points costs 1.25·n·log₂ n operations, which
  /// FFTW runs at about an eighth of the direct loops' rate, and a product of two spectra is bound by memory.
  static func fastestMethod(_ shape: ConvolutionShape, _ boundary: Boundary) -> ConvolutionMethod {
    guard shape.isDense else { return .im2col }
    let direct = Double(shape.positionCount) * Double(shape.kernelCount)
    let grid = FFTConvolution<S>.gridSize(shape, boundary)
    let points = Double(grid.height) * Double(grid.width)
    let (channels, filters) = (Double(shape.inputChannels), Double(shape.outputChannels))
    let transforms = (channels + filters) * 10 * points * max(1, Double.log2(points))
    let products = channels * filters * 10 * points
    return direct <= transforms + products ? .direct : .fft
  }
}
