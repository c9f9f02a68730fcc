import Numerics
import Spectral
import Tensors

/// A learned complex filter for each channel, multiplied with the half spectrum of its plane: circular convolution with a
/// kernel as large as the image.
///
/// y[c] = irfft2(rfft2(x[c])·weight[c]). The coefficients of the columns 0 and, for even W, W/2 belong to pairs of
/// conjugates; the product is taken as the mean of each pair, which is what `torch.fft.irfft2` does, and gradients follow
/// that.
///
/// Shapes: `[C, H, W]`, unchanged; parameter `weight` `[C, H, W/2 + 1, 2]`, real and imaginary parts as
/// `torch.view_as_real` has them. Y. Rao, W. Zhao, Z. Zhu, J. Lu and J. Zhou, *Global filter networks for image
/// classification*, NeurIPS 2021.
public struct GlobalFilter2D: Layer {
  /// "GlobalFilter2D".
  public var name: String { "GlobalFilter2D" }

  /// C.
  public let channels: Int

  /// Creates a layer.
  ///
  /// - Parameter channels: C ≥ 1.
  public init(channels: Int) {
    precondition(channels >= 1, "expected at least 1 channel, got \(channels)")
    self.channels = channels
  }

  /// The shape of the input.
  public func outputShape(for inputShape: [Int]) throws -> [Int] {
    guard inputShape.count == 3, inputShape[0] == channels else {
      throw LayerShapeError(expected: "images [\(channels), H, W]", found: inputShape)
    }
    return inputShape
  }

  /// `weight`, normal with deviation 0.02 as in the paper's code.
  public func parameters(for inputShape: [Int]) -> [ParameterDescription] {
    let shape = [channels, inputShape[1], inputShape[2] / 2 + 1, 2]
    return [ParameterDescription("weight", shape: shape, initializer: .normal(deviation: 0.02))]
  }

  /// Each number of the filter is used once.
  public func linkCount(for inputShape: [Int]) -> Int { parameters(for: inputShape)[0].count }

  /// Two transforms of 1.25·n·log₂ n for each channel, n = H·W, and 4 for each complex product.
  public func operationCount(for inputShape: [Int]) -> Int {
    let count = Double(inputShape[1] * inputShape[2])
    return channels * Int((2.5 * count * Double.log2(max(2, count))).rounded()) + 2
      * parameters(for: inputShape)[0].count
  }

  /// Makes the part that computes.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> {
    .mapping(
      GlobalFilterPlan<S>(
        channels: channels, transform: PlaneTransform(height: inputShape[1], width: inputShape[2])))
  }
}
