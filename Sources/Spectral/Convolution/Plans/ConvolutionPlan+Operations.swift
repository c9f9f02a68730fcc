internal import Tensors

extension ConvolutionPlan {
  /// The real multiply-adds of the forward pass of one image, by this plan's method.
  public var operationCount: Int { Self.operationCount(shape, method: method, boundary: boundary) }

  /// The images of the batch for which `automatic` chooses where a method's multiply-adds are asked for.
  private static var imagesOfPrediction: Int { 64 }

  /// The real multiply-adds of the forward pass of one image of a batch of 64, without planning it.
  ///
  /// Direct and im2col: F·Ho·Wo·C/groups·kh·kw. Fft, on a grid of n points with m frequencies: C + F real transforms of
  /// 1.25·n·log₂ n each, and C·F/groups complex products of 4 at each frequency; the kernels' own spectra, prepared once, are
  /// not counted.
  ///
  /// - Parameters:
  ///   - shape: The sizes.
  ///   - method: How the convolution is computed.
  ///   - boundary: What the padding consists of.
  /// - Returns: The number of multiply-adds; 0 where the method cannot serve the shape.
  public static func operationCount(
    _ shape: ConvolutionShape, method: ConvolutionMethod = .automatic, boundary: Boundary = .zero
  ) -> Int {
    let planner = ConvolutionPlanner.reproducible
    let work = ConvolutionWork(shape, boundary: boundary, images: imagesOfPrediction)
    let method = method == .automatic ? (try? planner.method(for: work, as: S.self)) ?? method : method
    return (try? planner.operations(of: method, for: work, as: S.self)).map { Int($0.rounded()) } ?? 0
  }
}
