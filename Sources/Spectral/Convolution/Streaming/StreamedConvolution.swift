public import Tensors

/// The convolution of images larger than memory with a kernel or a bank, block by block.
///
/// The outputs are divided into blocks of one size. The samples that a block of bh×bw outputs depends on,
/// (bh − 1)·stride + (kh − 1)·dilation + 1 rows and as many columns of the images extended by mode and boundary, are read
/// from an ``ImageSource``, convolved by an ``ImageConvolutionPlan`` without padding, and the result goes to an
/// ``ImageSink``. Meanwhile another thread writes the block before and reads the one after it. The result is that of
/// ``ImageConvolutionPlan`` for whole images within the rounding, with NaN in the same places.
///
/// The blocks are those of least predicted time, by built-in constants, among those that fit into a limit of memory: they
/// depend on sizes and limit, not on the machine or the number of threads.
public struct StreamedConvolution<S: SpectralScalar>: Sendable {
  /// The sizes of the convolution of whole images.
  public let shape: ConvolutionShape
  /// How blocks are computed; never ``ConvolutionMethod/automatic``.
  public var method: ConvolutionMethod { plan.method }
  /// The number of blocks.
  public var blockCount: Int { partition.count }
  /// Images, rows and columns of the outputs of one block; the blocks at the ends may be smaller.
  public var blockShape: [Int] { [partition.blockImages, partition.blockHeight, partition.blockWidth] }
  /// What the plan of a block is made for.
  public var blockWork: ConvolutionWork { ConvolutionWork(plan.shape, images: partition.blockImages) }

  let boundary: Boundary
  let partition: BlockPartition
  let plan: ImageConvolutionPlan<S>
  let kernel: PreparedImageKernel<S>

  /// Plans the convolution of images `[N, H, W]` with a kernel `[kh, kw]` and prepares the kernel.
  ///
  /// - Parameters:
  ///   - operation: Whether the kernel is flipped.
  ///   - images: N, H and W.
  ///   - kernel: `[kh, kw]`.
  ///   - mode: Which outputs are wanted.
  ///   - boundary: What the images are outside their borders.
  ///   - method: How to compute a block.
  ///   - planner: What chooses for a block where the method is ``ConvolutionMethod/automatic``.
  ///   - memoryLimit: The bytes that all blocks, the prepared kernel and scratch memory may take together.
  ///   - takenBytes: The bytes within the limit that are taken already.
  /// - Throws: ``InputError`` where a size is 0, in mode `valid` where the kernel is larger than the image, and where the
  ///   limit is too low even for the smallest blocks.
  public init(
    _ operation: ConvolutionOperation, images: (count: Int, height: Int, width: Int), kernel: Tensor<S>,
    mode: ConvolutionMode, boundary: Boundary, method: ConvolutionMethod = .automatic,
    planner: ConvolutionPlanner = .reproducible, memoryLimit: Int,
    takenBytes: Int = 0
  ) throws {
    let axes: ImageAxes
    (axes, shape) = try ConvolutionRequest(operation, .mode(mode), boundary: boundary).sizes(
      images: [images.count, images.height, images.width], kernel: kernel.shape)
    self.boundary = boundary
    let methods = method == .automatic ? planner.methods : [method]
    let blocks = try BlockPartition.fastest(
      shape, images: images.count, methods: methods, memory: (memoryLimit, takenBytes), as: S.self)
    partition = blocks.partition
    var planner = planner
    planner.memoryLimit = blocks.planBytes
    plan = try ImageConvolutionPlan(
      operation, ConvolutionWork(blocks.shape, images: blocks.partition.blockImages), axes, method: method,
      planner: planner)
    self.kernel = plan.prepare(kernel)
  }
}
