import Formats
import Spectral
import Tensors

/// Images with one kernel, mode `same`, zero boundary, in one call that starts from the samples.
struct Convolve: Workload {
  let name: String
  /// `[H, W]`, `[N, H, W]`, or a signal as `[1, n]`.
  let imageShape: [Int]
  /// `[kh, kw]`.
  let kernelShape: [Int]

  var peers: String { "convolve" }

  /// One H×H image with one k×k kernel.
  init(size: Int, kernel: Int) {
    self.init(name: "convolve-\(size)-\(kernel)", [size, size], [kernel, kernel])
  }

  /// Many small images with one kernel.
  init(count: Int, size: Int, kernel: Int) {
    self.init(name: "batch-\(count)-\(size)-\(kernel)", [count, size, size], [kernel, kernel])
  }

  /// One signal with one kernel.
  init(samples: Int, kernel: Int) { self.init(name: "signal-\(samples)-\(kernel)", [1, samples], [1, kernel]) }

  private init(name: String, _ imageShape: [Int], _ kernelShape: [Int]) {
    self.name = name
    self.imageShape = imageShape
    self.kernelShape = kernelShape
  }

  func makeContender(_ stream: RandomStream) throws -> any Contender {
    let plan = try ImageConvolutionPlan<Float>(
      .convolution, imageSize: (imageShape[imageShape.count - 2], imageShape[imageShape.count - 1]),
      kernelSize: (kernelShape[0], kernelShape[1]), mode: .same, boundary: .zero)
    return Ours(
      image: .normal(imageShape, stream.split("image")), kernel: .normal(kernelShape, stream.split("kernel")),
      method: plan.method)
  }

  private final class Ours: Contender {
    let tolerance = 1e-5
    private let image: Tensor<Float>
    private let kernel: Tensor<Float>
    private let method: ConvolutionMethod
    private var output = Tensor<Float>.zeros([0])

    init(image: Tensor<Float>, kernel: Tensor<Float>, method: ConvolutionMethod) {
      self.image = image
      self.kernel = kernel
      self.method = method
    }

    var inputs: [(name: String, array: NumPyArray)] {
      [
        ("image", NumPyArray(image)), ("kernel", NumPyArray(kernel)),
        ("axes", NumPyArray([kernel.shape[0] == 1 ? 1 : 2])),
      ]
    }

    func run() throws { output = try convolve(image, kernel, mode: .same, boundary: .zero) }

    func difference(from result: NPZArchive) throws -> Double {
      try run()
      return try output.relativeDifference(from: result["output"].tensor())
    }

    func remark(seconds: Double) -> String { method.rawValue }
  }
}
