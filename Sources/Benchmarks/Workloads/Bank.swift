import Formats
import Spectral
import Tensors

/// One image with many kernels, mode `same`, zero boundary: the plan is made and the kernels are prepared every time.
struct Bank: Workload {
  let count: Int
  let size: Int
  let kernel: Int

  var name: String { "bank-\(count)-\(size)-\(kernel)" }
  var peers: String { "convolve" }

  func makeContender(_ stream: RandomStream) throws -> any Contender {
    let shape = try ConvolutionShape(
      outputChannels: count, inputHeight: size, inputWidth: size, kernelHeight: kernel, kernelWidth: kernel,
      padding: .same(kernelHeight: kernel, kernelWidth: kernel))
    return Ours(
      shape, image: .normal([size, size], stream.split("image")),
      kernels: .normal([count, kernel, kernel], stream.split("kernels")))
  }

  private final class Ours: Contender {
    let tolerance = 1e-5
    private let shape: ConvolutionShape
    private let image: Tensor<Float>
    /// Flipped: a plan makes cross-correlations.
    private let kernels: Tensor<Float>
    private var output = Tensor<Float>.zeros([0])
    private var method = ConvolutionMethod.automatic

    init(_ shape: ConvolutionShape, image: Tensor<Float>, kernels: Tensor<Float>) {
      self.shape = shape
      self.image = image
      self.kernels = kernels
    }

    var inputs: [(name: String, array: NumPyArray)] {
      let count = shape.kernelHeight * shape.kernelWidth
      let flipped = (0..<shape.outputChannels).flatMap { kernels.elements[$0 * count..<($0 + 1) * count].reversed() }
      return [
        ("image", NumPyArray(image)), ("kernel", NumPyArray(Tensor(flipped, shape: kernels.shape))),
        ("axes", NumPyArray([2])),
      ]
    }

    func run() throws {
      let (image, kernels) = (image, kernels)
      let plan = try ConvolutionPlan<Float>(shape)
      let prepared = plan.prepare(kernels.span)
      method = plan.method
      output = Tensor(shape: [shape.outputChannels, shape.outputHeight, shape.outputWidth]) {
        var target = MutableSpan(_unsafeElements: $0)
        plan.forward(image.span, prepared, into: &target, workspace: plan.makeWorkspace())
      }
    }

    func difference(from result: NPZArchive) throws -> Double {
      try run()
      return try output.relativeDifference(from: result["output"].tensor())
    }

    func remark(seconds: Double) -> String { method.rawValue }
  }
}
