internal import Tensors

/// The memory that a method takes for some work.
struct MethodMemory {
  let preparedBytes: Int
  /// Scratch memory, with what a forward pass keeps for the gradients.
  let scratchBytes: Int
  let outputBytes: Int

  var bytes: Int { preparedBytes + scratchBytes + outputBytes }

  /// The bytes of the outputs of some work.
  static func outputBytes<S: SpectralScalar>(_ work: ConvolutionWork, as _: S.Type) -> Int {
    let product = work.images.multipliedReportingOverflow(by: work.shape.outputCount * MemoryLayout<S>.size)
    return product.overflow ? .max : product.partialValue
  }
}
