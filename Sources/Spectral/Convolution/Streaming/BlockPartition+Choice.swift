internal import Tensors

extension BlockPartition {
  /// A partition, and the sizes of the cross-correlation that computes a block.
  struct Choice {
    let partition: BlockPartition
    let shape: ConvolutionShape
    /// What prepared kernel, scratch memory and the outputs of a block may take.
    let planBytes: Int
  }

  /// What scratch memory is reckoned for; each thread more takes a little more.
  private static var threads: Int { 8 }

  /// The partition of least predicted time, by built-in constants, that fits into memory.
  ///
  /// - Parameters:
  ///   - shape: The sizes of the convolution of whole images.
  ///   - images: The number of images.
  ///   - methods: The methods that may compute a block.
  ///   - memory: The bytes that there are, and those of them that are taken already.
  ///   - precision: The precision.
  /// - Returns: The partition.
  /// - Throws: ``InputError`` where no method can serve, or not even the smallest block fits.
  static func fastest<S: SpectralScalar>(
    _ shape: ConvolutionShape, images: Int, methods: Set<ConvolutionMethod>, memory: (limit: Int, taken: Int),
    as precision: S.Type
  ) throws -> Choice {
    let memoryLimit = memory.limit - memory.taken
    let blocks = candidates(images: images, height: shape.outputHeight, width: shape.outputWidth).map {
      BlockCost<S>($0, of: shape)
    }
    let options = try blocks.filter { $0.bufferBytes < memoryLimit }.flatMap { try $0.options(methods) }
      .filter { $0.block.bufferBytes + $0.leastMethodBytes <= memoryLimit }
    let fitting = options.sorted { $0.seconds < $1.seconds }.first {
      $0.block.bufferBytes + $0.methodBytes(threads: threads) <= memoryLimit
    }
    if let block = fitting?.block {
      return Choice(
        partition: block.partition, shape: block.shape,
        planBytes: memoryLimit - block.bufferBytes + block.outputBytes)
    }
    throw refusal(of: blocks.last!, methods, memory)
  }

  /// Says what the smallest block would need, by the methods that are allowed and, where it fits, by another.
  private static func refusal<S: SpectralScalar>(
    of block: BlockCost<S>, _ methods: Set<ConvolutionMethod>, _ memory: (limit: Int, taken: Int)
  ) -> InputError {
    func least(_ methods: Set<ConvolutionMethod>) -> (method: ConvolutionMethod, bytes: Int)? {
      let options = (try? block.options(methods)) ?? []
      return options.map { ($0.method, memory.taken + block.bufferBytes + $0.methodBytes(threads: threads)) }
        .min { $0.1 < $1.1 }
    }
    let needed = least(methods).map { " needs \(ByteCount($0.bytes)) of memory" } ?? " does not fit"
    let other = least(Set(ConvolutionMethod.computed)).flatMap { $0.bytes <= memory.limit ? $0 : nil }
    return InputError(
      "convolution",
      "even a block of one output\(needed), more than the limit of \(ByteCount(memory.limit))",
      remedy: other.map { "The method '\($0.method.rawValue)' needs \(ByteCount($0.bytes))." } ?? "Raise the limit.")
  }
}
