internal import Tensors

/// The sizes of a bank of kernels `[F, C, kh, kw]` at work on images `[N, C, H, W]`, which gives `[N, F, Ho, Wo]`.
///
/// Ho = ⌊(H + top + bottom − kh) / strideY⌋ + 1, and so for Wo.
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
  /// How far the image is extended.
  public let padding: Padding

  /// Checks the sizes.
  ///
  /// - Parameters:
  ///   - inputChannels: C ≥ 1.
  ///   - outputChannels: F ≥ 1.
  ///   - inputHeight: H ≥ 1.
  ///   - inputWidth: W ≥ 1.
  ///   - kernelHeight: kh, between 1 and H + top + bottom.
  ///   - kernelWidth: kw, between 1 and W + left + right.
  ///   - strideY: At least 1.
  ///   - strideX: At least 1.
  ///   - padding: None negative.
  /// - Throws: ``InputError`` with the sizes that do not fit.
  public init(
    inputChannels: Int = 1, outputChannels: Int = 1, inputHeight: Int, inputWidth: Int, kernelHeight: Int,
    kernelWidth: Int, strideY: Int = 1, strideX: Int = 1, padding: Padding = Padding(0)
  ) throws {
    let sizes = [
      ("input channels", inputChannels), ("output channels", outputChannels), ("image height", inputHeight),
      ("image width", inputWidth), ("kernel height", kernelHeight), ("kernel width", kernelWidth),
      ("vertical stride", strideY), ("horizontal stride", strideX),
    ]
    for (name, size) in sizes where size < 1 {
      throw InputError("convolution", "expected \(name) of at least 1, found \(size)")
    }
    for (side, size) in [
      ("top", padding.top), ("bottom", padding.bottom), ("left", padding.left), ("right", padding.right),
    ] where size < 0 {
      throw InputError("convolution", "expected a padding of at least 0 at the \(side), found \(size)")
    }
    let height = inputHeight + padding.top + padding.bottom
    let width = inputWidth + padding.left + padding.right
    guard kernelHeight <= height && kernelWidth <= width else {
      throw InputError(
        "convolution",
        "expected a kernel of at most \(height)×\(width) (the image with its padding), "
          + "found \(kernelHeight)×\(kernelWidth)", remedy: "Use a smaller kernel or more padding.")
    }
    self.inputChannels = inputChannels
    self.outputChannels = outputChannels
    self.inputHeight = inputHeight
    self.inputWidth = inputWidth
    self.kernelHeight = kernelHeight
    self.kernelWidth = kernelWidth
    self.strideY = strideY
    self.strideX = strideX
    self.padding = padding
  }

  /// Ho, the rows of an output.
  public var outputHeight: Int { (paddedHeight - kernelHeight) / strideY + 1 }
  /// Wo, the columns of an output.
  public var outputWidth: Int { (paddedWidth - kernelWidth) / strideX + 1 }
  /// C·H·W, the numbers in one image.
  public var inputCount: Int { inputChannels * inputHeight * inputWidth }
  /// F·Ho·Wo, the numbers in one output.
  public var outputCount: Int { outputChannels * outputHeight * outputWidth }
  /// F·C·kh·kw, the weights of the bank.
  public var kernelCount: Int { outputChannels * windowCount }

  var paddedHeight: Int { inputHeight + padding.top + padding.bottom }
  var paddedWidth: Int { inputWidth + padding.left + padding.right }
  var windowCount: Int { inputChannels * kernelHeight * kernelWidth }
  var positionCount: Int { outputHeight * outputWidth }
  var isDense: Bool { strideY == 1 && strideX == 1 }
}
