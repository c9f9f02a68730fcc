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
  ///   - memoryLimit: The bytes that there are.
  ///   - precision: The precision.
  /// - Returns: The partition.
  /// - Throws: ``InputError`` where no method can serve, or not even the smallest block fits.
  static func fastest<S: SpectralScalar>(
    _ shape: ConvolutionShape, images: Int, methods: Set<ConvolutionMethod>, memoryLimit: Int, as precision: S.Type
  ) throws -> Choice {
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
    let needed = try blocks.last!.options(methods).map { $0.block.bufferBytes + $0.methodBytes(threads: threads) }.min()
    throw InputError(
      "convolution",
      "even a block of one output needs \(ByteCount(needed!)) of memory, more than the limit of "
        + "\(ByteCount(memoryLimit))", remedy: "Raise the limit.")
  }
}
