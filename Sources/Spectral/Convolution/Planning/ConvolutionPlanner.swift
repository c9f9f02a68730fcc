internal import Tensors

/// What chooses the method of a convolution.
public struct ConvolutionPlanner: Sendable {
  /// Chooses from the shape and built-in constants alone, so that equal shapes give equal bits in every run.
  public static let reproducible = ConvolutionPlanner()

  /// The method for a shape.
  func method<S: SpectralScalar>(
    for shape: ConvolutionShape, _ boundary: Boundary, as _: S.Type
  ) -> ConvolutionMethod {
    ConvolutionPlan<S>.fastestMethod(shape, boundary)
  }
}
