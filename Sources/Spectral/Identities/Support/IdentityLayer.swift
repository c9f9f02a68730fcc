internal import Tensors

/// A layer of a network for a trial: two images of the trial's size, and a bank with padding that keeps the size.
struct IdentityLayer<S: SpectralScalar> {
  let images: Tensor<S>
  let bank: Tensor<S>
  private let shape: ConvolutionShape

  init(_ trial: IdentityTrial<S>, channels: Int = 2, filters: Int = 3, kernelSize: ImageSize? = nil) throws {
    let (size, kernel) = (trial.size, kernelSize ?? trial.kernelSize)
    shape = try ConvolutionShape(
      inputChannels: channels, outputChannels: filters, inputHeight: size.height, inputWidth: size.width,
      kernelHeight: kernel.height, kernelWidth: kernel.width,
      padding: .same(kernelHeight: kernel.height, kernelWidth: kernel.width))
    images = trial.random("x", [2, channels] + size.shape)
    bank = trial.random("k", [filters, channels] + kernel.shape)
  }

  /// The shape of the output for both images.
  var outputShape: [Int] { [2, shape.outputChannels, shape.outputHeight, shape.outputWidth] }

  /// How often the extended image can repeat a sample: kh·kw.
  var repetition: Int { shape.kernelHeight * shape.kernelWidth }

  func plan(_ method: ConvolutionMethod, _ boundary: Boundary = .zero) throws -> ConvolutionPlan<S> {
    try ConvolutionPlan(shape, method: method, boundary: boundary)
  }
}
