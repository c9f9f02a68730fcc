public import Tensors

/// The sizes of a bank of kernels `[F, C/groups, kh, kw]` at work on images `[N, C, H, W]`, which gives
/// `[N, F, Ho, Wo]`.
///
/// Ho = ⌊(H + top + bottom − ((kh − 1)·dilationY + 1)) / strideY⌋ + 1, and so for Wo. With `groups`, the channels and the
/// filters are divided into as many parts, and each part of the filters sees its part of the channels; `groups` = C is
/// the depth-wise convolution.
public struct ConvolutionShape: Hashable, Sendable {
  /// C, the channels of an image.
  public let inputChannels: Int
  /// F, the kernels of the bank.
  public let outputChannels: Int
  /// H, the rows of an image.
  public let inputHeight: Int
  /// W, the columns of an image.
  public let inputWidth: Int
  /// The rows of a kernel, kh.
  public let kernelHeight: Int
  /// The columns of a kernel, kw.
  public let kernelWidth: Int
  /// The rows between neighbouring windows.
  public let strideY: Int
  /// The columns between neighbouring windows.
  public let strideX: Int
  /// The rows between neighbouring weights of a kernel.
  public let dilationY: Int
  /// The columns between neighbouring weights of a kernel.
  public let dilationX: Int
  /// The parts that channels and filters are divided into.
  public let groups: Int
  /// How far the image is extended.
  public let padding: Padding

  /// Checks the sizes.
  ///
  /// - Parameters:
  ///   - inputChannels: C ≥ 1, a multiple of `groups`.
  ///   - outputChannels: F ≥ 1, a multiple of `groups`.
  ///   - inputHeight: H ≥ 1.
  ///   - inputWidth: W ≥ 1.
  ///   - kernelHeight: kh ≥ 1; (kh − 1)·dilationY + 1 at most H + top + bottom.
  ///   - kernelWidth: kw ≥ 1; (kw − 1)·dilationX + 1 at most W + left + right.
  ///   - strideY: At least 1.
  ///   - strideX: At least 1.
  ///   - dilationY: At least 1.
  ///   - dilationX: At least 1.
  ///   - groups: At least 1.
  ///   - padding: None negative.
  /// - Throws: ``InputError`` with the sizes that do not fit, or whose product is beyond the range of integers.
  public init(
    inputChannels: Int = 1, outputChannels: Int = 1, inputHeight: Int, inputWidth: Int, kernelHeight: Int,
    kernelWidth: Int, strideY: Int = 1, strideX: Int = 1, dilationY: Int = 1, dilationX: Int = 1, groups: Int = 1,
    padding: Padding = Padding(0)
  ) throws(InputError) {
    try Self.checkLimits([
      ("input channels", inputChannels, 1), ("output channels", outputChannels, 1), ("image height", inputHeight, 1),
      ("image width", inputWidth, 1), ("kernel height", kernelHeight, 1), ("kernel width", kernelWidth, 1),
      ("vertical stride", strideY, 1), ("horizontal stride", strideX, 1), ("vertical dilation", dilationY, 1),
      ("horizontal dilation", dilationX, 1), ("groups", groups, 1), ("padding at the top", padding.top, 0),
      ("padding at the bottom", padding.bottom, 0), ("padding at the left", padding.left, 0),
      ("padding at the right", padding.right, 0),
    ])
    for (name, channels) in [("input", inputChannels), ("output", outputChannels)] where channels % groups != 0 {
      throw InputError(
        "convolution", "expected \(name) channels that \(groups) groups divide, found \(channels)")
    }
    self.inputChannels = inputChannels
    self.outputChannels = outputChannels
    self.inputHeight = inputHeight
    self.inputWidth = inputWidth
    self.kernelHeight = kernelHeight
    self.kernelWidth = kernelWidth
    self.strideY = strideY
    self.strideX = strideX
    self.dilationY = dilationY
    self.dilationX = dilationX
    self.groups = groups
    self.padding = padding
    try checkCounts()
    guard windowHeight <= paddedHeight && windowWidth <= paddedWidth else {
      let dilated = dilationY * dilationX > 1 ? " (with its dilation)" : ""
      throw InputError(
        "convolution",
        "expected a kernel of at most \(paddedHeight)×\(paddedWidth) (the image with its padding), "
          + "found \(windowHeight)×\(windowWidth)\(dilated)", remedy: "Use a smaller kernel or more padding.")
    }
  }

  /// Ho, the rows of an output.
  public var outputHeight: Int { (paddedHeight - windowHeight) / strideY + 1 }
  /// Wo, the columns of an output.
  public var outputWidth: Int { (paddedWidth - windowWidth) / strideX + 1 }
  /// C·H·W, the numbers in one image.
  public var inputCount: Int { inputChannels * inputHeight * inputWidth }
  /// F·Ho·Wo, the numbers in one output.
  public var outputCount: Int { outputChannels * outputHeight * outputWidth }
  /// F·C/groups·kh·kw, the weights of the bank.
  public var kernelCount: Int { outputChannels * tapCount }

  /// The rows that a kernel spans, (kh − 1)·dilationY + 1.
  var windowHeight: Int { (kernelHeight - 1) * dilationY + 1 }
  /// The columns that a kernel spans, (kw − 1)·dilationX + 1.
  var windowWidth: Int { (kernelWidth - 1) * dilationX + 1 }
  var paddedHeight: Int { inputHeight + padding.top + padding.bottom }
  var paddedWidth: Int { inputWidth + padding.left + padding.right }
  /// The weights of one kernel, C/groups·kh·kw.
  var tapCount: Int { inputChannels / groups * kernelHeight * kernelWidth }
  var positionCount: Int { outputHeight * outputWidth }
  var hasUnitStride: Bool { strideY == 1 && strideX == 1 }
  var hasUnitDilation: Bool { dilationY == 1 && dilationX == 1 }

  private static func checkLimits(_ sizes: [(name: String, size: Int, smallest: Int)]) throws(InputError) {
    for (name, size, smallest) in sizes where size < smallest {
      throw InputError("convolution", "expected \(name) of at least \(smallest), found \(size)")
    }
  }

  /// Refuses sizes whose products, in bytes and with room for transforms, no integer holds.
  private func checkCounts() throws(InputError) {
    let limit = Double(Int.max) / 256
    let height = Double(inputHeight) + Double(padding.top) + Double(padding.bottom)
    let width = Double(inputWidth) + Double(padding.left) + Double(padding.right)
    let (rows, columns) = (
      max(height, Double(kernelHeight) * Double(dilationY)), max(width, Double(kernelWidth) * Double(dilationX))
    )
    let channels = max(
      Double(inputChannels), Double(outputChannels), Double(inputChannels) * Double(outputChannels) / Double(groups))
    guard rows * columns * channels <= limit else {
      throw InputError(
        "convolution",
        "the sizes are too large: \(inputChannels) channels of \(inputHeight)×\(inputWidth) and \(outputChannels) "
          + "kernels of \(kernelHeight)×\(kernelWidth) with their padding and dilation have more numbers than can be "
          + "counted")
    }
  }
}

extension ConvolutionShape {
  /// The shape of one of the groups.
  var ofGroup: ConvolutionShape { replacing(channels: inputChannels / groups, filters: outputChannels / groups) }

  /// The same windows with other numbers of channels and filters, in one group.
  private func replacing(channels: Int, filters: Int) -> ConvolutionShape {
    let shape = try? ConvolutionShape(
      inputChannels: channels, outputChannels: filters, inputHeight: inputHeight, inputWidth: inputWidth,
      kernelHeight: kernelHeight, kernelWidth: kernelWidth, strideY: strideY, strideX: strideX, dilationY: dilationY,
      dilationX: dilationX, padding: padding)
    guard let shape else { preconditionFailure("expected fewer channels to fit where more do") }
    return shape
  }
}
