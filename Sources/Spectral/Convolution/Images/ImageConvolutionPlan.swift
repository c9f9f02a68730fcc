internal import Tensors

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

  let plan: ConvolutionPlan<S>
  let axes: ImageAxes

  /// Plans the convolution of images `[…, H, W]` with one kernel `[kh, kw]`.
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
    let sizes = try ConvolutionSizes(imageSize: imageSize, kernelSize: kernelSize)
    let shape = try sizes.shape(padding: sizes.padding(mode, operation))
    let work = ConvolutionWork(shape, boundary: boundary, images: images)
    try self.init(operation, work, sizes.axes, method: method, planner: planner)
  }

  /// Plans the convolution of images `[…, C, H, W]` with a bank `[F, C/groups, kh, kw]`.
  ///
  /// - Parameters:
  ///   - operation: Whether the kernels are flipped.
  ///   - work: The sizes, what the padding consists of, and the images of one call.
  ///   - isTransposed: Whether to plan the adjoint instead, from `[…, F, Ho, Wo]` to `[…, C, H, W]`.
  ///   - method: How to compute it.
  ///   - planner: What chooses where the method is ``ConvolutionMethod/automatic``.
  /// - Throws: ``InputError`` where the method cannot serve the shape.
  public init(
    _ operation: ConvolutionOperation, bank work: ConvolutionWork, isTransposed: Bool = false,
    method: ConvolutionMethod = .automatic, planner: ConvolutionPlanner = .reproducible
  ) throws {
    try self.init(
      operation, work, ImageAxes(spatialRank: 2, hasChannels: true), isTransposed: isTransposed, method: method,
      planner: planner)
  }

  init(
    _ operation: ConvolutionOperation, _ work: ConvolutionWork, _ axes: ImageAxes, isTransposed: Bool = false,
    method: ConvolutionMethod, planner: ConvolutionPlanner = .reproducible
  ) throws {
    self.operation = operation
    self.axes = axes
    self.isTransposed = isTransposed
    plan = try ConvolutionPlan(work, method: method, planner: planner)
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
