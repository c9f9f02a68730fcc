/// A convolution that is to be planned: its sizes, and what the plan will be used for.
public struct ConvolutionWork: Hashable, Sendable {
  /// Which passes a plan is made for.
  public enum Purpose: String, CaseIterable, Sendable {
    /// Forward passes with one prepared bank.
    case forward
    /// One forward pass, for which the bank is prepared.
    case single
    /// A step of training: preparing the bank, the forward pass, and the gradients of images and bank.
    case training
  }

  /// The sizes.
  public var shape: ConvolutionShape
  /// What the padding consists of.
  public var boundary: Boundary
  /// The images of one pass.
  public var images: Int
  /// Which passes are made.
  public var purpose: Purpose
  /// The number of terms in which the kernel is a sum of products of a column and a row, where that is known: what
  /// ``ConvolutionMethod/separable`` costs.
  public var kernelRank: Int?
  /// The sum of the singular values that ``ConvolutionMethod/separable`` may leave out of a kernel, relative to its norm;
  /// ε of the precision where there is none.
  public var separableTolerance: Double?

  /// Describes work.
  ///
  /// - Parameters:
  ///   - shape: The sizes.
  ///   - boundary: What the padding consists of.
  ///   - images: The images of one pass, at least 1.
  ///   - purpose: Which passes are made.
  ///   - kernelRank: The numerical rank of the kernel, where it is known.
  public init(
    _ shape: ConvolutionShape, boundary: Boundary = .zero, images: Int = 1, purpose: Purpose = .forward,
    kernelRank: Int? = nil
  ) {
    precondition(images >= 1, "expected at least 1 image, got \(images)")
    self.shape = shape
    self.boundary = boundary
    self.images = images
    self.purpose = purpose
    self.kernelRank = kernelRank
  }

  /// One of the groups.
  var ofGroup: ConvolutionWork {
    var group = self
    group.shape = shape.ofGroup
    return group
  }
}

extension ConvolutionWork {
  /// The forward passes that cost as much as all passes: in training both gradients, too.
  var passes: Double { purpose == .training ? 3 : 1 }

  /// How often the bank is brought into the form that a method reads, or its gradient back from it.
  var preparations: Double {
    switch purpose {
    case .forward: 0
    case .single: 1
    case .training: 2
    }
  }

  /// Whether the kernel is known to have so few terms that two passes for each take fewer products than the direct sum.
  var isOfLowRank: Bool {
    guard let kernelRank else { return false }
    return kernelRank * (shape.kernelHeight + shape.kernelWidth) < shape.kernelHeight * shape.kernelWidth
  }
}
