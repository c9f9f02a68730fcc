internal import Tensors

/// The memory that a method takes for some work.
struct MethodMemory {
  let preparedBytes: Int
  /// Scratch memory, with what a forward pass keeps for the gradients.
  let scratchBytes: Int
  let outputBytes: Int

  var bytes: Int { preparedBytes + scratchBytes + outputBytes }

  /// The memory that an algorithm takes.
  ///
  /// - Parameters:
  ///   - algorithm: The algorithm, made for the work's sizes.
  ///   - work: The work.
  ///   - threads: The threads that share it.
  init<S: SpectralScalar>(_ algorithm: any ConvolutionAlgorithm<S>, _ work: ConvolutionWork, threads: Int) {
    let records = work.purpose == .training ? algorithm.recordCount(images: work.images) : 0
    let scratch = algorithm.scratchCount(images: work.images, workers: threads)
    preparedBytes = MemoryLayout<S>.size * algorithm.preparedCount
    scratchBytes = MemoryLayout<S>.size * (scratch + records)
    outputBytes = Self.outputBytes(work, as: S.self)
  }

  /// The bytes of the outputs of some work.
  static func outputBytes<S: SpectralScalar>(_ work: ConvolutionWork, as _: S.Type) -> Int {
    let product = work.images.multipliedReportingOverflow(by: work.shape.outputCount * MemoryLayout<S>.size)
    return product.overflow ? .max : product.partialValue
  }
}
