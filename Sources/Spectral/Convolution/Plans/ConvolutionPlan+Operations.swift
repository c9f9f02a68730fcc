internal import Tensors

extension ConvolutionPlan {
  /// The real multiply-adds of the forward pass of one image, by this plan's method.
  public var operationCount: Int { Self.operationCount(shape, method: method, boundary: boundary) }

  /// The real multiply-adds of the forward pass of one image, without planning it.
  ///
  /// Direct and im2col: F·Ho·Wo·C/groups·kh·kw. Fft, on a grid of n points with m frequencies: C + F real transforms of
  /// 1.25·n·log₂ n each, and C·F/groups complex products of 4 at each frequency; the kernels' own spectra, prepared once, are
  /// not counted.
  ///
  /// - Parameters:
  ///   - shape: The sizes.
  ///   - method: How the convolution is computed.
  ///   - boundary: What the padding consists of.
  /// - Returns: The number of multiply-adds.
  public static func operationCount(
    _ shape: ConvolutionShape, method: ConvolutionMethod = .automatic, boundary: Boundary = .zero
  ) -> Int {
    let method = method == .automatic ? fastestMethod(shape, boundary) : method
    guard method == .fft else { return shape.positionCount * shape.kernelCount }
    let grid = FFTConvolution<S>.gridSize(shape, boundary)
    let points = Double(grid.height * grid.width)
    let transforms = Double(shape.inputChannels + shape.outputChannels) * 1.25 * points * Double.log2(points)
    let products = 4 * shape.inputChannels * shape.outputChannels / shape.groups * grid.height * (grid.width / 2 + 1)
    return Int(transforms.rounded()) + products
  }
}
