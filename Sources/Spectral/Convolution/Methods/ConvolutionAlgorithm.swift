internal import Tensors

/// One way to compute a cross-correlation, its adjoint and its gradient, for a shape of one group.
///
/// Scratch memory comes from the workspace, is 64-byte aligned and dirty. A pass may share its work among the threads of
/// the pool, cut in a way that the shape alone decides. A type refuses a shape that it cannot serve when it is made.
protocol ConvolutionAlgorithm<S>: Sendable {
  associatedtype S: SpectralScalar

  /// The numbers of a prepared bank.
  var preparedCount: Int { get }

  /// Whether a forward pass tells its workspace the largest magnitude of the samples that it reads.
  var meetsSamples: Bool { get }

  /// The numbers that ``forward(_:_:into:record:_:)`` keeps of so many images for the gradient of the bank; 0 where that
  /// reads the images themselves.
  func recordCount(images: Int) -> Int

  /// The numbers of scratch memory that a pass over so many images takes with so many threads.
  func scratchCount(images: Int, workers: Int) -> Int

  /// Brings a bank into the form that the passes read.
  func prepare(
    _ kernel: UnsafePointer<S>, into prepared: UnsafeMutablePointer<S>, _ workspace: ConvolutionWorkspace<S>)

  /// Correlates images with a prepared bank, and keeps the record of each where there is memory for it.
  func forward(
    _ input: ImageBatch<S>, _ kernel: UnsafePointer<S>, into output: MutableImageBatch<S>,
    record: UnsafeMutablePointer<S>?, _ workspace: ConvolutionWorkspace<S>)

  /// Carries gradients of the outputs back to the images, to the bank, or to both.
  func backward(
    _ outputGradient: ImageBatch<S>, toInput: InputGradient<S>?, toKernel: KernelGradient<S>?,
    _ workspace: ConvolutionWorkspace<S>)
}

extension ConvolutionAlgorithm {
  var meetsSamples: Bool { false }
}

/// What the adjoint of a forward pass reads and writes.
struct InputGradient<S>: Sendable {
  /// The prepared bank; only read.
  nonisolated(unsafe) let kernel: UnsafePointer<S>
  /// Receives ∂L/∂x.
  let target: MutableImageBatch<S>
}

/// What the gradient of a bank reads, and what it adds to.
struct KernelGradient<S>: Sendable {
  /// The images of the forward pass.
  let input: ImageBatch<S>
  /// What the forward pass kept of them, if it was asked to; only read.
  nonisolated(unsafe) let record: UnsafePointer<S>?
  /// What ∂L/∂k, `[F, C, kh, kw]`, summed over positions and images, is added to; threads write to different parts.
  nonisolated(unsafe) let target: UnsafeMutablePointer<S>
}
