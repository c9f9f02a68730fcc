public import Tensors

/// What is decided once about the convolution of images with a kernel or a bank of kernels, and executed many times.
///
/// It is a ``ConvolutionPlan`` for tensors: a convolution becomes the cross-correlation with the flipped kernel, mode and
/// boundary become its padding, samples that are not finite are confined to their windows, and exponents that could
/// overflow on the way are scaled. A plan never changes and may be used from any number of threads, each with its own
/// workspace.
public struct ImageConvolutionPlan<S: SpectralScalar>: Sendable {
  /// Whether the kernel is flipped.
  public let operation: ConvolutionOperation
  /// Whether this is the adjoint of the cross-correlation that ``shape`` describes.
  public let isTransposed: Bool
  /// The sizes of the cross-correlation.
  public var shape: ConvolutionShape { plan.shape }
  /// How it is computed; never ``ConvolutionMethod/automatic``.
  public var method: ConvolutionMethod { plan.method }
  /// What the images are outside their borders.
  public var boundary: Boundary { plan.boundary }

  /// What was planned for.
  public let work: ConvolutionWork

  let plan: ConvolutionPlan<S>
  let axes: ImageAxes

  /// Plans the convolution of images `[H, W]`, or a batch of them, with one kernel `[kh, kw]`.
  ///
  /// - Parameters:
  ///   - operation: Whether the kernel is flipped.
  ///   - imageSize: H and W.
  ///   - kernelSize: kh and kw.
  ///   - images: The images of one call, which the choice of a method may depend on; any number is served.
  ///   - mode: Which outputs are wanted.
  ///   - boundary: What the image is outside its borders.
  ///   - method: How to compute it.
  ///   - planner: What chooses where the method is ``ConvolutionMethod/automatic``.
  /// - Throws: ``InputError`` where a size is 0, and in mode `valid` where the kernel is larger than the image.
  public init(
    _ operation: ConvolutionOperation, imageSize: (height: Int, width: Int), kernelSize: (height: Int, width: Int),
    images: Int = 1, mode: ConvolutionMode, boundary: Boundary, method: ConvolutionMethod = .automatic,
    planner: ConvolutionPlanner = .reproducible
  ) throws {
    try self.init(
      ConvolutionRequest(operation, .mode(mode), boundary: boundary),
      images: [images, imageSize.height, imageSize.width], kernel: [kernelSize.height, kernelSize.width],
      method: method, planner: planner)
  }

  /// Plans for shapes: images `[…, H, W]` and a kernel `[kh, kw]`, images `[…, C, H, W]` and a bank
  /// `[F, C/groups, kh, kw]`, or signals `[…, n]` and `[m]`, `[…, C, n]` and `[F, C/groups, m]`.
  ///
  /// - Parameters:
  ///   - request: What is to be computed.
  ///   - images: The shape of the images of one call. Any other number of images is served, too.
  ///   - kernel: The shape of the kernel or bank.
  ///   - kernelRank: The rank of the kernel where it is known to be low, which `automatic` may make use of.
  ///   - separableTolerance: What ``ConvolutionMethod/separable`` may leave out of a kernel, relative to its norm; ε of the
  ///     precision when left out, which does not show beside rounding.
  ///   - purpose: Whether a kernel is prepared for one call, or once for many, which the choice of a method may depend on.
  ///   - method: How to compute it.
  ///   - planner: What chooses where the method is ``ConvolutionMethod/automatic``.
  /// - Throws: ``InputError`` where the shapes do not fit each other, or the method does not serve them.
  public init(
    _ request: ConvolutionRequest, images: [Int], kernel: [Int], kernelRank: Int? = nil,
    separableTolerance: Double? = nil, purpose: ConvolutionWork.Purpose = .forward,
    method: ConvolutionMethod = .automatic, planner: ConvolutionPlanner = .reproducible
  ) throws {
    let (axes, plain) = try Self.work(request, images: images, kernel: kernel)
    var work = plain
    work.purpose = purpose
    work.kernelRank = kernelRank
    work.separableTolerance = separableTolerance
    try self.init(
      request.operation, work, axes, isTransposed: request.isTransposed, method: method, planner: planner)
  }

  /// Plans for one kernel or bank, whose rank `automatic` looks at where that could pay.
  ///
  /// - Parameters:
  ///   - request: What is to be computed.
  ///   - images: The shape of the images of one call. Any other number of images is served, too.
  ///   - kernel: The kernel or bank; others of its shape are served, too.
  ///   - separableTolerance: What ``ConvolutionMethod/separable`` may leave out of a kernel, relative to its norm; ε of the
  ///     precision when left out, which does not show beside rounding.
  ///   - method: How to compute it.
  ///   - planner: What chooses where the method is ``ConvolutionMethod/automatic``.
  /// - Throws: ``InputError`` where the shapes do not fit each other, or the method does not serve them.
  public init(
    _ request: ConvolutionRequest, images: [Int], for kernel: Tensor<S>, separableTolerance: Double? = nil,
    method: ConvolutionMethod = .automatic, planner: ConvolutionPlanner = .reproducible
  ) throws {
    var rank: Int?
    if method == .automatic && kernel.rank == 2 {
      let work = try Self.work(request, images: images, kernel: kernel.shape).work
      if planner.dependsOnRank(work, tolerance: separableTolerance, as: S.self) {
        rank = planner.usefulRank(of: kernel, in: work, tolerance: separableTolerance)
      }
    }
    try self.init(
      request, images: images, kernel: kernel.shape, kernelRank: rank, separableTolerance: separableTolerance,
      method: method, planner: planner)
  }

  init(
    _ operation: ConvolutionOperation, _ work: ConvolutionWork, _ axes: ImageAxes, isTransposed: Bool = false,
    method: ConvolutionMethod, planner: ConvolutionPlanner
  ) throws {
    (self.operation, self.work, self.axes, self.isTransposed) = (operation, work, axes, isTransposed)
    plan = try ConvolutionPlan(work, method: method, planner: planner)
  }

  private static func work(
    _ request: ConvolutionRequest, images: [Int], kernel: [Int]
  ) throws -> (axes: ImageAxes, work: ConvolutionWork) {
    let (axes, shape) = try request.sizes(images: images, kernel: kernel)
    let count = images.dropLast(axes.rank).reduce(1, *)
    return (axes, ConvolutionWork(shape, boundary: request.boundary, images: max(1, count)))
  }

  /// The shape of the result for images of a shape.
  ///
  /// - Parameter images: The shape of the images, any batch axes first.
  /// - Returns: The same batch axes, then the axes of a result.
  public func outputShape(for images: [Int]) -> [Int] {
    precondition(
      images.count >= axes.rank && images.suffix(axes.rank) == inputShape[...],
      "expected images \(inputShape) after any batch axes, got shape \(images)")
    return images.dropLast(axes.rank) + resultShape
  }

  /// The shape of one image.
  var inputShape: [Int] { isTransposed ? axesOfOutput : axesOfInput }

  private var resultShape: [Int] { isTransposed ? axesOfInput : axesOfOutput }

  private var axesOfInput: [Int] {
    axes.shape(channels: shape.inputChannels, height: shape.inputHeight, width: shape.inputWidth)
  }

  private var axesOfOutput: [Int] {
    axes.shape(channels: shape.outputChannels, height: shape.outputHeight, width: shape.outputWidth)
  }
}
