internal import Tensors

/// What the shapes of images and kernel say together, before it is decided how far the images are extended.
struct ConvolutionSizes {
  let axes: ImageAxes
  private let channels: (input: Int, output: Int)
  private let image: (height: Int, width: Int)
  private let kernel: (height: Int, width: Int)
  private let stride: (y: Int, x: Int)
  private let dilation: (y: Int, x: Int)
  private let groups: Int

  /// Images `[…, H, W]` and one kernel `[kh, kw]`.
  init(imageSize: (height: Int, width: Int), kernelSize: (height: Int, width: Int)) throws {
    try self.init(
      ImageAxes(spatialRank: 2, hasChannels: false), channels: (1, 1), image: imageSize, kernel: kernelSize)
  }

  /// Images `[…, n]` and a kernel `[m]`, or `[…, H, W]` and `[kh, kw]`.
  init(images: [Int], kernel: [Int]) throws {
    guard (1...2).contains(kernel.count), images.count >= kernel.count else {
      throw InputError(
        "convolution",
        "expected images [..., H, W] and a kernel [kh, kw], or [..., n] and [m], found shapes \(images) and \(kernel)",
        remedy: kernel.count > 2 ? "A bank of kernels [F, C/groups, kh, kw] is given as 'bank'." : nil)
    }
    let axes = ImageAxes(spatialRank: kernel.count, hasChannels: false)
    try self.init(axes, channels: (1, 1), image: axes.size(of: images), kernel: axes.size(of: kernel))
  }

  /// Images `[…, C, H, W]` and a bank `[F, C/groups, kh, kw]`, or `[…, C, n]` and `[F, C/groups, m]`.
  init(
    images: [Int], bank: [Int], stride: (y: Int, x: Int), dilation: (y: Int, x: Int), groups: Int
  ) throws {
    let axes = try Self.axes(images: images, bank: bank)
    let found = images[images.count - axes.rank]
    let (expected, overflow) = bank[1].multipliedReportingOverflow(by: groups)
    guard groups >= 1, !overflow, found == expected else {
      throw InputError(
        "convolution",
        "expected images of \(bank[1]) channels × \(groups) groups as the bank \(bank) has, "
          + "found \(found) channels in \(images)", remedy: "A bank is [F, C/groups, kh, kw].")
    }
    try self.init(
      axes, channels: (found, bank[0]), image: axes.size(of: images), kernel: axes.size(of: bank), stride: stride,
      dilation: dilation, groups: groups)
  }

  /// Outputs `[…, F, Ho, Wo]` of a bank, from which the images are to be made again, as large as `outputPadding` says.
  init(
    outputs: [Int], bank: [Int], stride: (y: Int, x: Int), dilation: (y: Int, x: Int), groups: Int, padding: Padding,
    outputPadding: (y: Int, x: Int)
  ) throws {
    let axes = try Self.axes(images: outputs, bank: bank)
    let found = outputs[outputs.count - axes.rank]
    guard found == bank[0] else {
      throw InputError(
        "transposed convolution",
        "expected images of \(bank[0]) channels, one for each kernel of the bank \(bank), found \(found) in \(outputs)")
    }
    guard outputPadding.y >= 0, outputPadding.x >= 0, outputPadding.y < stride.y, outputPadding.x < stride.x else {
      throw InputError(
        "transposed convolution",
        "expected an output padding from 0 to less than the stride \(stride.y), \(stride.x), "
          + "found \(outputPadding.y), \(outputPadding.x)")
    }
    let (size, taps) = (axes.size(of: outputs), axes.size(of: bank))
    try Self.check([size.height, size.width, stride.y, stride.x, taps.height, taps.width, dilation.y, dilation.x])
    try Self.check([padding.top, padding.bottom, padding.left, padding.right])
    let height = (size.height - 1) * stride.y + (taps.height - 1) * dilation.y + 1 + outputPadding.y
    let width = (size.width - 1) * stride.x + (taps.width - 1) * dilation.x + 1 + outputPadding.x
    try self.init(
      axes, channels: (bank[1] * groups, bank[0]),
      image: (height - padding.top - padding.bottom, width - padding.left - padding.right), kernel: taps,
      stride: stride, dilation: dilation, groups: groups)
  }

  private init(
    _ axes: ImageAxes, channels: (Int, Int), image: (height: Int, width: Int), kernel: (height: Int, width: Int),
    stride: (y: Int, x: Int) = (1, 1), dilation: (y: Int, x: Int) = (1, 1), groups: Int = 1
  ) throws {
    (self.axes, self.channels, self.image, self.kernel) = (axes, channels, image, kernel)
    (self.stride, self.dilation, self.groups) = (stride, dilation, groups)
    try Self.check([
      channels.0, channels.1, image.height, image.width, kernel.height, kernel.width, dilation.y, dilation.x,
    ])
  }

  /// Refuses numbers whose products no integer holds.
  private static func check(_ sizes: [Int]) throws {
    for size in sizes where size.magnitude > 1 << 31 {
      throw InputError("convolution", "expected sizes of at most 2147483648, found \(size)")
    }
  }

  private static func axes(images: [Int], bank: [Int]) throws -> ImageAxes {
    guard (3...4).contains(bank.count), images.count >= bank.count - 1 else {
      throw InputError(
        "convolution",
        "expected images [..., C, H, W] and a bank [F, C/groups, kh, kw], or [..., C, n] and [F, C/groups, m], "
          + "found shapes \(images) and \(bank)")
    }
    return ImageAxes(spatialRank: bank.count - 2, hasChannels: true)
  }

  /// The padding of a mode, which is refused where the kernel does not fit.
  func padding(_ mode: ConvolutionMode, _ operation: ConvolutionOperation) throws -> Padding {
    let (height, width) = ((kernel.height - 1) * dilation.y + 1, (kernel.width - 1) * dilation.x + 1)
    if mode == .valid && min(image.height, image.width) > 0 && (height > image.height || width > image.width) {
      throw InputError(
        "kernel",
        "expected at most the image's \(image.height)×\(image.width) in mode 'valid', found \(height)×\(width)",
        remedy: "Use mode 'same' or 'full', or a smaller kernel"
          + (height >= image.height && width >= image.width ? "; or are image and kernel in each other's place?" : "."))
    }
    return Padding(mode, operation, windowHeight: height, windowWidth: width)
  }

  func shape(padding: Padding) throws -> ConvolutionShape {
    try ConvolutionShape(
      inputChannels: channels.input, outputChannels: channels.output, inputHeight: image.height,
      inputWidth: image.width, kernelHeight: kernel.height, kernelWidth: kernel.width, strideY: stride.y,
      strideX: stride.x, dilationY: dilation.y, dilationX: dilation.x, groups: groups, padding: padding)
  }
}
