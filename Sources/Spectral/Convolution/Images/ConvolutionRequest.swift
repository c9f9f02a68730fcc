internal import Tensors

/// What is to be computed of images and a kernel or a bank: which outputs there are, whatever the sizes.
public struct ConvolutionRequest: Hashable, Sendable {
  /// How far the images are extended.
  public enum Extent: Hashable, Sendable {
    /// As a mode says.
    case mode(ConvolutionMode)
    /// By so many rows and columns; signals have only columns, left and right.
    case padding(Padding)
  }

  /// A number for each axis; signals have only x.
  public struct Steps: Hashable, Sendable {
    /// For rows.
    public var y: Int
    /// For columns.
    public var x: Int

    /// Creates a number for each axis.
    public init(y: Int, x: Int) {
      self.y = y
      self.x = x
    }
  }

  /// Whether kernels are flipped.
  public var operation: ConvolutionOperation
  /// How far the images are extended.
  public var extent: Extent
  /// What they are extended by.
  public var boundary: Boundary
  /// The distance of neighbouring windows.
  public var stride = Steps(y: 1, x: 1)
  /// The distance of neighbouring weights.
  public var dilation = Steps(y: 1, x: 1)
  /// The parts that channels and kernels of a bank are divided into.
  public var groups = 1
  /// Whether the adjoint is meant, from results `[…, F, Ho, Wo]` to images `[…, C, H, W]`.
  public var isTransposed = false
  /// For the adjoint: rows and columns more at the end, of the sizes that a stride does not tell apart.
  public var outputPadding = Steps(y: 0, x: 0)

  /// Describes a convolution without stride, dilation or groups.
  ///
  /// - Parameters:
  ///   - operation: Whether kernels are flipped.
  ///   - extent: How far the images are extended.
  ///   - boundary: What they are extended by.
  public init(_ operation: ConvolutionOperation, _ extent: Extent, boundary: Boundary = .zero) {
    self.operation = operation
    self.extent = extent
    self.boundary = boundary
  }
}

extension ConvolutionRequest {
  /// Plans, unless an earlier call did, prepares and applies at once.
  func apply<S: SpectralScalar>(
    _ images: Tensor<S>, _ kernel: Tensor<S>, _ mask: Tensor<Bool>?, _ method: ConvolutionMethod
  ) throws -> Tensor<S> {
    let plan = try ImagePlanCache.plan(self, images: images.shape, for: kernel, method: method)
    let (prepared, workspace) = (plan.prepare(kernel), plan.makeWorkspace())
    guard let mask else { return plan.apply(prepared, to: images, workspace: workspace) }
    return try plan.apply(
      prepared, to: images, mask: plan.prepare(mask: mask, for: kernel), workspace: workspace)
  }
}
