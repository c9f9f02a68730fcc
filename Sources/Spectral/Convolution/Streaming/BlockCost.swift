internal import Tensors

/// What the blocks of a partition take: time, predicted from the sizes alone, and memory.
struct BlockCost<S: SpectralScalar> {
  /// The division into blocks.
  let partition: BlockPartition
  /// The sizes of the cross-correlation that computes a block.
  let shape: ConvolutionShape

  init(_ partition: BlockPartition, of whole: ConvolutionShape) {
    self.partition = partition
    shape = whole.block(height: partition.blockHeight, width: partition.blockWidth)
  }

  /// The bytes of two blocks of samples and two of outputs, and of what an image whose samples are not all finite asks
  /// for: two copies, and three numbers in double precision for each sample.
  var bufferBytes: Int {
    let blocks = 2 * partition.blockImages * (shape.inputCount + shape.outputCount) + 2 * shape.inputCount
    return blocks * MemoryLayout<S>.stride + 3 * shape.inputCount * MemoryLayout<Double>.stride
  }

  /// The bytes of one block of outputs.
  var outputBytes: Int { partition.blockImages * shape.outputCount * MemoryLayout<S>.stride }

  /// The methods that can compute a block, each with the predicted time of all blocks.
  ///
  /// - Parameter methods: The methods that may be used.
  /// - Returns: An option for each method that can serve.
  /// - Throws: ``InputError`` where none can.
  func options(_ methods: Set<ConvolutionMethod>) throws -> [BlockOption<S>] {
    let work = ConvolutionWork(shape, images: max(1, partition.blockImages))
    var (options, reason): ([BlockOption<S>], (any Error)?) = ([], nil)
    for method in ConvolutionMethod.computed where methods.contains(method) {
      do {
        let costs = try method.demand(work, threads: 1, as: S.self).costs
        let seconds = CostModels.builtIn[S.self].seconds(of: costs) + transferSeconds
        options.append(BlockOption(block: self, method: method, seconds: Double(partition.count) * seconds))
      } catch {
        reason = error
      }
    }
    if let reason, options.isEmpty { throw reason }
    return options
  }

  /// The predicted time to read and write a block: page by page from the system's memory, or request by request.
  private var transferSeconds: Double {
    let (inputs, outputs) = (shape.inputCount, shape.outputCount)
    let bytes = Double(partition.blockImages * (inputs + outputs) * MemoryLayout<S>.stride)
    let rows = partition.blockImages * (inputs / shape.inputWidth + outputs / shape.outputWidth)
    let requests = partition.blockWidth < partition.width ? Double(rows) : bytes / Double(1 << 20)
    return 3e-10 * bytes + 2e-6 * requests
  }
}

/// A method that may compute the blocks of a partition.
struct BlockOption<S: SpectralScalar> {
  let block: BlockCost<S>
  let method: ConvolutionMethod
  /// The predicted time of all blocks.
  let seconds: Double

  /// Fewer bytes than ``methodBytes(threads:)``, known without making a plan: the spectra of kernel, image and product and
  /// the grid itself, where one transform holds the whole block.
  var leastMethodBytes: Int {
    method == .fft ? 4 * block.shape.inputHeight * block.shape.inputWidth * MemoryLayout<S>.stride : 0
  }

  /// The bytes of the prepared kernel and of scratch memory.
  func methodBytes(threads: Int) -> Int {
    let work = ConvolutionWork(block.shape, images: block.partition.blockImages)
    guard let memory = try? method.memory(work, threads: threads, as: S.self) else { return .max / 2 }
    return memory.preparedBytes + memory.scratchBytes
  }
}

extension ConvolutionShape {
  /// The cross-correlation, without padding, that computes so many rows and columns of the outputs.
  func block(height: Int, width: Int) -> ConvolutionShape {
    let shape = try? ConvolutionShape(
      inputChannels: inputChannels, outputChannels: outputChannels, inputHeight: (height - 1) * strideY + windowHeight,
      inputWidth: (width - 1) * strideX + windowWidth, kernelHeight: kernelHeight, kernelWidth: kernelWidth,
      strideY: strideY, strideX: strideX, dilationY: dilationY, dilationX: dilationX, groups: groups)
    guard let shape else { preconditionFailure("expected a part of the outputs to fit where all do") }
    return shape
  }
}
