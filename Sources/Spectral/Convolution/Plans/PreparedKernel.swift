internal import Tensors

/// A bank of kernels in the form that one plan reads: packed weights, or spectra.
public struct PreparedKernel<S: SpectralScalar>: Sendable {
  let shape: ConvolutionShape
  let method: ConvolutionMethod
  let boundary: Boundary
  var values: Tensor<S>

  /// The bytes that it takes.
  public var byteCount: Int { values.count * MemoryLayout<S>.size }
}
