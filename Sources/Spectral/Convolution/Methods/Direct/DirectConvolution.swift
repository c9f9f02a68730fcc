internal import Tensors

/// The sum over the kernel's weights, in blocks of output rows, columns and filters that stay in vector registers.
///
/// Rows are found through a table, as in M. Dukhan, *The Indirect Convolution Algorithm*, 2019, so that an image's own
/// rows are read wherever windows lie within its columns.
struct DirectConvolution<S: SpectralScalar>: ConvolutionAlgorithm {
  private let shape: ConvolutionShape
  private let correlation: Correlation<S>
  private let adjoint: Deferred<DirectAdjoint<S>>
  private let gradient: Deferred<DirectKernelGradient<S>>

  init(_ shape: ConvolutionShape, _ boundary: Boundary) throws(InputError) {
    self.shape = shape
    correlation = Correlation(shape, boundary)
    let phases = try DirectAdjoint<S>.phases(of: shape, boundary)
    let gradientRows = try DirectKernelGradient<S>.gradientRows(of: shape)
    adjoint = Deferred { DirectAdjoint(shape, boundary, phases: phases) }
    gradient = Deferred { DirectKernelGradient(shape, boundary, gradientRows: gradientRows) }
  }

  /// The packed bank, then what the adjoint reads.
  var preparedCount: Int { 2 * shape.kernelCount }
  func recordCount(images: Int) -> Int { 0 }

  func scratchCount(images: Int, workers: Int) -> Int {
    max(
      correlation.scratchCount(images: images, workers: workers),
      adjoint.value.scratchCount(images: images, workers: workers),
      gradient.value.scratchCount(images: images, workers: workers))
  }

  func prepare(
    _ kernel: UnsafePointer<S>, into prepared: UnsafeMutablePointer<S>, _ workspace: ConvolutionWorkspace<S>
  ) {
    correlation.prepare(kernel, into: prepared)
    DirectAdjoint.prepare(kernel, shape, into: prepared + shape.kernelCount)
  }

  func forward(
    _ input: ImageBatch<S>, _ kernel: UnsafePointer<S>, into output: MutableImageBatch<S>,
    record: UnsafeMutablePointer<S>?, _ workspace: ConvolutionWorkspace<S>
  ) {
    correlation.run(input, kernel, into: output, workspace)
  }

  func backward(
    _ outputGradient: ImageBatch<S>, toInput: InputGradient<S>?, toKernel: KernelGradient<S>?,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    if let toInput {
      adjoint.value.run(outputGradient, toInput.kernel + shape.kernelCount, into: toInput.target, workspace)
    }
    if let toKernel { gradient.value.run(toKernel.input, outputGradient, addingTo: toKernel.target, workspace) }
  }
}
