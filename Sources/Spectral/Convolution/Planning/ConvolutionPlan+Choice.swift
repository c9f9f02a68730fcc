internal import Tensors

extension ConvolutionPlan {
  /// The method with the smallest estimated cost, from the shape and built-in constants alone.
  ///
  /// The unit is one multiply-add of a dense method: the direct loops, or, where there are more input channels than one,
  /// im2col's matrix product, which is as fast and much faster in the kernel's gradient. A transform of n points costs
  /// 1.25·n·log₂ n operations, which FFTW runs at about an eighth of that rate, and a product of two spectra is bound by
  /// memory.
  static func fastestMethod(_ shape: ConvolutionShape, _ boundary: Boundary) -> ConvolutionMethod {
    let shape = shape.ofGroup
    guard shape.hasUnitStride else { return .im2col }
    let dense = Double(shape.positionCount) * Double(shape.kernelCount)
    let grid = FFTConvolution<S>.gridSize(shape, boundary)
    let points = Double(grid.height) * Double(grid.width)
    let (channels, filters) = (Double(shape.inputChannels), Double(shape.outputChannels))
    let transforms = (channels + filters) * 10 * points * max(1, Double.log2(points))
    let products = channels * filters * 10 * points
    if dense > transforms + products { return .fft }
    return shape.inputChannels == 1 ? .direct : .im2col
  }
}
