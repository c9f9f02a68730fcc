internal import Tensors

extension ConvolutionPlan {
  /// The algorithm of a method, group by group where there are groups.
  static func algorithm(
    _ method: ConvolutionMethod, _ shape: ConvolutionShape, _ boundary: Boundary, separableTolerance: Double? = nil
  ) throws(InputError) -> any ConvolutionAlgorithm<S> {
    switch method {
    case .direct: grouped(shape, try DirectConvolution(shape.ofGroup, boundary))
    case .im2col: grouped(shape, Im2colConvolution(shape.ofGroup, boundary))
    case .fft:
      if let geometry = TileGeometry.whole(shape.ofGroup, boundary, as: S.self) {
        grouped(shape, TiledConvolution(shape.ofGroup, boundary, geometry))
      } else {
        grouped(shape, FFTConvolution(shape.ofGroup, boundary))
      }
    case .winograd: grouped(shape, try WinogradConvolution(shape.ofGroup, boundary))
    case .overlapSave:
      grouped(
        shape, TiledConvolution(shape.ofGroup, boundary, TileGeometry(shape.ofGroup, boundary, as: S.self)))
    case .separable:
      grouped(shape, try SeparableConvolution(shape.ofGroup, boundary, tolerance: separableTolerance))
    case .automatic:
      throw InputError(
        "convolution", "the method '\(method.rawValue)' cannot serve \(shape)", remedy: "Use 'direct' or 'automatic'.")
    }
  }

  /// A method that works group by group.
  static func grouped<Part: ConvolutionAlgorithm<S>>(
    _ shape: ConvolutionShape, _ part: Part
  ) -> any ConvolutionAlgorithm<S> {
    shape.groups == 1 ? part : GroupedConvolution(shape, part)
  }
}
