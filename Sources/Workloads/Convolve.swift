import Formats
import Spectral
import Tensors

/// Images with one kernel or a bank, mode `same`, zero boundary, in one call that starts from the samples.
package struct Convolve: Workload {
  package let name: String
  /// `[H, W]`, `[N, H, W]`, `[n]`, or for a bank `[1, H, W]`.
  let imageShape: [Int]
  /// `[kh, kw]`, `[k]`, or for a bank `[F, 1, kh, kw]`.
  let kernelShape: [Int]

  package var peers: String { "convolve" }

  /// One H×H image with one k×k kernel.
  package init(size: Int, kernel: Int) {
    self.init(name: "convolve-\(size)-\(kernel)", [size, size], [kernel, kernel])
  }

  /// Many small images with one kernel.
  package init(count: Int, size: Int, kernel: Int) {
    self.init(name: "batch-\(count)-\(size)-\(kernel)", [count, size, size], [kernel, kernel])
  }

  /// One image with many kernels.
  package init(bank count: Int, size: Int, kernel: Int) {
    self.init(name: "bank-\(count)-\(size)-\(kernel)", [1, size, size], [count, 1, kernel, kernel])
  }

  /// One signal with one kernel.
  package init(samples: Int, kernel: Int) { self.init(name: "signal-\(samples)-\(kernel)", [samples], [kernel]) }

  private init(name: String, _ imageShape: [Int], _ kernelShape: [Int]) {
    (self.name, self.imageShape, self.kernelShape) = (name, imageShape, kernelShape)
  }

  package func makeContender(_ stream: RandomStream) throws -> any Contender {
    Ours(
      image: .normal(imageShape, stream.split("image")), kernel: .normal(kernelShape, stream.split("kernel")),
      method: try ConvolutionPlan<Float>(work()).method)
  }

  /// What the call plans.
  private func work() throws -> ConvolutionWork {
    let (isSignal, isBank) = (kernelShape.count == 1, kernelShape.count == 4)
    let (size, kernel) = (imageShape[imageShape.count - 1], kernelShape[kernelShape.count - 1])
    let shape = try ConvolutionShape(
      outputChannels: isBank ? kernelShape[0] : 1, inputHeight: isSignal ? 1 : size, inputWidth: size,
      kernelHeight: isSignal ? 1 : kernel, kernelWidth: kernel,
      padding: .same(kernelHeight: isSignal ? 1 : kernel, kernelWidth: kernel))
    return ConvolutionWork(shape, boundary: .zero, images: imageShape.count == 3 ? imageShape[0] : 1, purpose: .single)
  }

  private final class Ours: Contender {
    let tolerance = 1e-5
    private let image: Tensor<Float>
    private let kernel: Tensor<Float>
    private let method: ConvolutionMethod
    private var output = Tensor<Float>.zeros([0])

    init(image: Tensor<Float>, kernel: Tensor<Float>, method: ConvolutionMethod) {
      (self.image, self.kernel, self.method) = (image, kernel, method)
    }

    var itemCount: Int { image.rank == 3 ? image.shape[0] : 1 }

    /// NumPy's way to say the same: a bank has no axis for its one channel.
    var inputs: [(name: String, array: NumPyArray)] {
      let squeezed = [image, kernel].map { $0.reshaped($0.shape.filter { $0 != 1 }) }
      return [
        ("image", NumPyArray(squeezed[0])), ("kernel", NumPyArray(squeezed[1])),
        ("axes", NumPyArray([min(2, kernel.rank)])),
      ]
    }

    func run() throws {
      output =
        kernel.rank == 4
        ? try convolve(image, bank: kernel, mode: .same, boundary: .zero)
        : try convolve(image, kernel, mode: .same, boundary: .zero)
    }

    func difference(from result: NPZArchive) throws -> Double {
      try run()
      return try output.relativeDifference(from: result["output"].tensor())
    }

    func remark(seconds: Double) -> String { method.rawValue }
  }
}
