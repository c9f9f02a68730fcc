internal import Tensors

/// One way to compute a convolution, its adjoint and its gradient.
///
/// Scratch memory is 64-byte aligned and dirty; `scratchCount` numbers of it are enough for every call.
protocol ConvolutionAlgorithm<S>: Sendable {
  associatedtype S: SpectralScalar

  /// The numbers of a prepared bank.
  var preparedCount: Int { get }

  /// The scratch that a pass needs, in numbers.
  func scratchCount(_ pass: ConvolutionPass) -> Int

  /// Brings a bank into the form that the passes read.
  func prepare(_ kernel: UnsafePointer<S>, into prepared: UnsafeMutablePointer<S>, scratch: UnsafeMutablePointer<S>)

  /// Correlates `images` images with a prepared bank.
  func forward(
    _ input: UnsafePointer<S>, _ kernel: UnsafePointer<S>, into output: UnsafeMutablePointer<S>, images: Int,
    scratch: UnsafeMutablePointer<S>)

  /// Applies the adjoint of ``forward(_:_:into:images:scratch:)`` to gradients.
  func gradientInput(
    _ outputGradient: UnsafePointer<S>, _ kernel: UnsafePointer<S>, into inputGradient: UnsafeMutablePointer<S>,
    images: Int, scratch: UnsafeMutablePointer<S>)

  /// Adds the gradient of the bank, summed over positions and images.
  func gradientKernel(
    _ input: UnsafePointer<S>, _ outputGradient: UnsafePointer<S>, addingTo kernelGradient: UnsafeMutablePointer<S>,
    images: Int, scratch: UnsafeMutablePointer<S>)
}

enum ConvolutionPass { case prepare, forward, gradientInput, gradientKernel }
