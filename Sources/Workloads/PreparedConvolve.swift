import Formats
import Spectral
import Tensors

/// One image with one kernel, mode `same`, zero boundary: planned and prepared once, executed many times.
package struct PreparedConvolve: Workload {
  let size: Int
  let kernel: Int

  /// Names the sides of image and kernel.
  package init(size: Int, kernel: Int) { (self.size, self.kernel) = (size, kernel) }

  package var name: String { "prepared-\(size)-\(kernel)" }

  package func makeContender(_ stream: RandomStream) throws -> any Contender {
    let plan = try ImageConvolutionPlan<Float>(
      .convolution, imageSize: (size, size), kernelSize: (kernel, kernel), mode: .same, boundary: .zero)
    let tiles = try ConvolutionPlan<Float>(plan.shape, method: plan.method).tileGeometry
    return Ours(
      plan, tiles, image: .normal([size, size], stream.split("image")),
      kernel: .normal([kernel, kernel], stream.split("kernel")))
  }

  private final class Ours: Contender {
    let tolerance = 1e-5
    private let plan: ImageConvolutionPlan<Float>
    private let image: Tensor<Float>
    private let kernel: Tensor<Float>
    private let prepared: PreparedImageKernel<Float>
    private let workspace: ConvolutionWorkspace<Float>
    private let transforms: TileTransforms<Float>?
    private let transformWorkspace: ConvolutionWorkspace<Float>
    private var output: Tensor<Float>

    init(
      _ plan: ImageConvolutionPlan<Float>, _ tiles: TileGeometry?, image: Tensor<Float>, kernel: Tensor<Float>
    ) {
      self.plan = plan
      self.image = image
      self.kernel = kernel
      prepared = plan.prepare(kernel)
      workspace = plan.makeWorkspace()
      transforms = tiles.map { TileTransforms($0) }
      transformWorkspace = plan.makeWorkspace()
      output = plan.apply(prepared, to: image, workspace: workspace)
    }

    /// The transforms of the tiles alone, beside the convolution into memory that is there already.
    var limit: Limit? {
      transforms.map { transforms in
        Limit(
          work: { [self] in
            image.withUnsafeBufferPointer { image in
              output.withUnsafeMutableBufferPointer { output in
                var span = MutableSpan(_unsafeElements: output)
                plan.apply(prepared, to: Span(_unsafeElements: image), into: &span, workspace: workspace)
              }
            }
          },
          part: { [transformWorkspace] in transforms(transformWorkspace) })
      }
    }

    var inputs: [(name: String, array: NumPyArray)] {
      [("image", NumPyArray(image)), ("kernel", NumPyArray(kernel)), ("axes", NumPyArray([2]))]
    }

    func run() { output = plan.apply(prepared, to: image, workspace: workspace) }

    func difference(from result: NPZArchive) throws -> Double {
      run()
      return try output.relativeDifference(from: result["output"].tensor())
    }

    func remark(seconds: Double) -> String { plan.method.rawValue }
  }
}
