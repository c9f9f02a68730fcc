internal import Tensors

extension ConvolutionRequest {
  /// The sizes of the cross-correlation that is meant, where they fit each other.
  ///
  /// - Parameters:
  ///   - images: The shape of the images, any batch axes first.
  ///   - kernel: The shape of the kernel or bank.
  /// - Returns: How images lie in memory, and the sizes.
  /// - Throws: ``InputError`` that says what does not fit.
  func sizes(images: [Int], kernel: [Int]) throws -> (axes: ImageAxes, shape: ConvolutionShape) {
    let axes = try ImageAxes(images: images, kernel: kernel)
    return (axes, try (axes.spatialRank == 1 ? ofSignals : self).shape(axes, images, kernel))
  }

  /// The same without rows, which signals do not have.
  private var ofSignals: ConvolutionRequest {
    var request = self
    (request.stride.y, request.dilation.y, request.outputPadding.y) = (1, 1, 0)
    if case .padding(let padding) = extent {
      request.extent = .padding(Padding(top: 0, bottom: 0, left: padding.left, right: padding.right))
    }
    return request
  }

  private func shape(_ axes: ImageAxes, _ images: [Int], _ kernel: [Int]) throws -> ConvolutionShape {
    let (size, taps) = (axes.size(of: images), axes.size(of: kernel))
    try check([
      size.height, size.width, taps.height, taps.width, stride.y, stride.x, dilation.y, dilation.x, outputPadding.y,
      outputPadding.x,
    ])
    let window = (height: (taps.height - 1) * dilation.y + 1, width: (taps.width - 1) * dilation.x + 1)
    let padding = try padding(window, on: size)
    let image = isTransposed ? try transposedSize(size, window, padding) : size
    let channels = try channels(images, kernel, axes)
    return try ConvolutionShape(
      inputChannels: channels.input, outputChannels: channels.output, inputHeight: image.height,
      inputWidth: image.width, kernelHeight: taps.height, kernelWidth: taps.width, strideY: stride.y,
      strideX: stride.x, dilationY: dilation.y, dilationX: dilation.x, groups: groups, padding: padding)
  }

  /// Refuses numbers whose products no integer holds.
  private func check(_ sizes: [Int]) throws {
    var sizes = sizes
    if case .padding(let padding) = extent { sizes += [padding.top, padding.bottom, padding.left, padding.right] }
    for size in sizes where size.magnitude > 1 << 31 {
      throw InputError("convolution", "the sizes are too large: expected at most 2147483648, found \(size)")
    }
  }

  private func padding(
    _ window: (height: Int, width: Int), on image: (height: Int, width: Int)
  ) throws -> Padding {
    guard case .mode(let mode) = extent else {
      guard case .padding(let padding) = extent else { preconditionFailure("an extent is a mode or a padding") }
      return padding
    }
    let fits = window.height <= image.height && window.width <= image.width
    if mode == .valid && !isTransposed && !fits && min(image.height, image.width) > 0 {
      let isSwapped = window.height >= image.height && window.width >= image.width
      throw InputError(
        "kernel",
        "expected at most the image's \(image.height)×\(image.width) in mode 'valid', "
          + "found \(window.height)×\(window.width)",
        remedy: "Use mode 'same' or 'full', or a smaller kernel"
          + (isSwapped ? "; or are image and kernel in each other's place?" : "."))
    }
    return Padding(mode, operation, windowHeight: window.height, windowWidth: window.width)
  }

  /// The size of the images of which the given ones are the results.
  private func transposedSize(
    _ result: (height: Int, width: Int), _ window: (height: Int, width: Int), _ padding: Padding
  ) throws -> (height: Int, width: Int) {
    guard (0..<stride.y).contains(outputPadding.y), (0..<stride.x).contains(outputPadding.x) else {
      throw InputError(
        "transposed convolution",
        "expected an output padding from 0 to less than the stride \(stride.y), \(stride.x), "
          + "found \(outputPadding.y), \(outputPadding.x)")
    }
    let height = (result.height - 1) * stride.y + window.height + outputPadding.y - padding.top - padding.bottom
    let width = (result.width - 1) * stride.x + window.width + outputPadding.x - padding.left - padding.right
    guard result.height >= 1, result.width >= 1, height >= 1, width >= 1 else {
      throw InputError(
        "transposed convolution",
        "expected a padding that leaves at least one row and one column, found one that leaves \(height)×\(width) of "
          + "images of \(result.height)×\(result.width)", remedy: "Give a smaller padding.")
    }
    return (height, width)
  }

  /// The channels of the images and of the results of the cross-correlation.
  private func channels(_ images: [Int], _ kernel: [Int], _ axes: ImageAxes) throws -> (input: Int, output: Int) {
    guard axes.hasChannels else {
      guard groups == 1 else {
        throw InputError(
          "convolution", "expected a bank [F, C/groups, kh, kw] for \(groups) groups, found a kernel \(kernel)")
      }
      return (1, 1)
    }
    let found = images[images.count - axes.rank]
    let (all, overflow) = kernel[1].multipliedReportingOverflow(by: groups)
    guard groups >= 1, !overflow, found == (isTransposed ? kernel[0] : all) else {
      let expected = isTransposed ? "\(kernel[0])" : groups == 1 ? "\(kernel[1])" : "\(groups) groups of \(kernel[1])"
      throw InputError(
        "convolution",
        "expected images of \(expected) channels for the bank \(kernel), found \(found) channels in \(images)",
        remedy: isTransposed
          ? "A bank is [F, C/groups, kh, kw]; transposed, images have F channels and results C."
          : "A bank is [F, C/groups, kh, kw].")
    }
    return (all, kernel[0])
  }
}

extension ImageAxes {
  /// Reads how images lie in memory off the shapes of images and kernel.
  fileprivate init(images: [Int], kernel: [Int]) throws {
    let axes = ImageAxes(spatialRank: kernel.count > 2 ? kernel.count - 2 : kernel.count, hasChannels: kernel.count > 2)
    guard (1...4).contains(kernel.count), images.count >= axes.rank else {
      throw InputError(
        "convolution",
        "expected images [..., H, W] and a kernel [kh, kw], images [..., C, H, W] and a bank [F, C/groups, kh, kw], or "
          + "signals [..., n] and [m], [..., C, n] and [F, C/groups, m]; found shapes \(images) and \(kernel)")
    }
    self = axes
  }
}
