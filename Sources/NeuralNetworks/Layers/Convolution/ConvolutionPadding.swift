public import Spectral

/// How far a layer extends its images on each side.
public enum ConvolutionPadding: Hashable, Sendable, ExpressibleByIntegerLiteral {
  /// A number of rows and columns for each side.
  case sides(Padding)
  /// What gives a layer of unit stride outputs of the size of its inputs: ⌊d·(k − 1)/2⌋ before and the rest after, as
  /// PyTorch's `padding="same"`.
  case same

  /// The same number on opposite sides, as PyTorch's `padding`.
  public static func symmetric(_ extent: Extent2D) -> ConvolutionPadding {
    .sides(Padding(top: extent.height, bottom: extent.height, left: extent.width, right: extent.width))
  }

  /// The same number on all sides.
  public init(integerLiteral value: Int) { self = .sides(Padding(value)) }

  /// The number for each side.
  func sides(kernel: Extent2D, dilation: Extent2D) -> Padding {
    switch self {
    case .sides(let padding): padding
    case .same:
      Padding.same(
        kernelHeight: (kernel.height - 1) * dilation.height + 1, kernelWidth: (kernel.width - 1) * dilation.width + 1)
    }
  }
}

/// Which outputs of a layer share a bias.
public enum BiasSharing: String, CaseIterable, Sendable {
  /// All positions of a channel.
  case channel
  /// None: every unit has one of its own.
  case unit
  /// There are no biases.
  case none
}
