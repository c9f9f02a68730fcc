internal import Parallel
public import Tensors

extension ImageConvolutionPlan {
  /// Creates scratch memory; one per thread.
  public func makeWorkspace() -> ConvolutionWorkspace<S> { ConvolutionWorkspace() }

  /// Convolves images with a prepared kernel.
  ///
  /// - Parameters:
  ///   - kernel: The kernel, prepared by this plan.
  ///   - images: Images after any batch axes.
  ///   - workspace: Scratch memory, also of the threads that the work is shared among.
  /// - Returns: The results after the same batch axes.
  public func apply(
    _ kernel: PreparedImageKernel<S>, to images: Tensor<S>, workspace: ConvolutionWorkspace<S>
  ) -> Tensor<S> {
    Tensor(shape: outputShape(for: images.shape)) { output in
      var span = MutableSpan(_unsafeElements: output)
      apply(kernel, to: images.span, into: &span, workspace: workspace)
    }
  }

  /// Convolves images with a prepared kernel, into memory that is there already.
  ///
  /// - Parameters:
  ///   - kernel: The kernel, prepared by this plan.
  ///   - images: Any number of images, one after the other.
  ///   - output: Receives as many results; what it held is not read.
  ///   - workspace: Scratch memory, also of the threads that the work is shared among.
  public func apply(
    _ kernel: PreparedImageKernel<S>, to images: Span<S>, into output: inout MutableSpan<S>,
    workspace: ConvolutionWorkspace<S>
  ) {
    let (inputCount, outputCount) = counts
    let count = images.count / inputCount
    precondition(
      images.count == count * inputCount && output.count == count * outputCount,
      "expected images of \(inputCount) and results of \(outputCount) numbers each, got \(images.count) and "
        + "\(output.count)")
    guard count > 0 else { return }
    images.withUnsafeBufferPointer { images in
      output.withUnsafeMutableBufferPointer { output in
        apply(
          kernel, ImageBatch(base: images.baseAddress!, count: count, stride: inputCount),
          MutableImageBatch(base: output.baseAddress!, count: count, stride: outputCount), workspace)
      }
    }
  }

  /// Convolves large images one by one as they are where the pass itself meets their samples, and again with care those that
  /// turn out not to be ordinary; small ones are looked at first.
  private func apply(
    _ kernel: PreparedImageKernel<S>, _ images: ImageBatch<S>, _ output: MutableImageBatch<S>,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    guard plan.meetsSamples && !isTransposed && (images.count == 1 || counts.input >= Self.numbersOfLargeImage) else {
      return applyWithCare(kernel, images, output, workspace)
    }
    for image in 0..<images.count {
      let (one, result) = (images[image..<image + 1], output[image..<image + 1])
      let largest = workspace.watching { execute(kernel, one, result, workspace) }
      if !SampleRange.isOrdinary(largest) { applyWithCare(kernel, one, result, workspace) }
    }
  }

  private static var numbersOfLargeImage: Int { 1 << 16 }

  /// Ordinary images run together, each other one by itself.
  private func applyWithCare(
    _ kernel: PreparedImageKernel<S>, _ images: ImageBatch<S>, _ output: MutableImageBatch<S>,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    var first = 0
    for image in SampleScan.unusualImages(images, count: counts.input, workspace) {
      execute(kernel, images[first..<image], output[first..<image], workspace)
      let unusual = UnusualImage(images[image], self)
      unusual.samples.withUnsafeBufferPointer { samples in
        let one = ImageBatch(base: samples.baseAddress!, count: 1, stride: samples.count)
        execute(kernel, one, output[image..<image + 1], workspace, exponent: unusual.exponent)
      }
      unusual.spread(into: result(output, image))
      first = image + 1
    }
    execute(kernel, images[first..<images.count], output[first..<images.count], workspace)
  }

  private func execute(
    _ kernel: PreparedImageKernel<S>, _ images: ImageBatch<S>, _ output: MutableImageBatch<S>,
    _ workspace: ConvolutionWorkspace<S>, exponent: Int = 0
  ) {
    guard images.count > 0 else { return }
    let input = Span(_unsafeStart: images.base, count: images.count * images.stride)
    var target = MutableSpan(_unsafeStart: output.base, count: output.count * output.stride)
    if isTransposed {
      plan.gradientInput(input, kernel.bank, into: &target, workspace: workspace)
    } else {
      plan.forward(input, kernel.bank, into: &target, workspace: workspace)
    }
    guard exponent != 0 || !kernel.isOrdinary else { return }
    parallelFor(images.count) { image in
      restore(result(output, image), kernel, exponent)
    }
  }

  /// Scales the channels of a result back, and makes those NaN that a weight has lost.
  private func restore(_ result: UnsafeMutableBufferPointer<S>, _ kernel: PreparedImageKernel<S>, _ exponent: Int) {
    let area = result.count / resultChannels
    for channel in 0..<resultChannels {
      let plane = UnsafeMutableBufferPointer(rebasing: result[channel * area..<(channel + 1) * area])
      SampleRange.scale(plane, byPowerOfTwo: exponent + (kernel.exponents.isEmpty ? 0 : kernel.exponents[channel]))
      if kernel.lostChannels.contains(channel) { plane.update(repeating: .nan) }
    }
  }

  private func result(_ output: MutableImageBatch<S>, _ image: Int) -> UnsafeMutableBufferPointer<S> {
    UnsafeMutableBufferPointer(start: output[image], count: output.stride)
  }

  /// The numbers of one image and of one result.
  var counts: (input: Int, output: Int) {
    isTransposed ? (shape.outputCount, shape.inputCount) : (shape.inputCount, shape.outputCount)
  }
}
