internal import Tensors

extension DirectConvolution {
  /// What a group takes: the multiply-adds of whole vectors, and the extension of each image.
  static func demand(_ work: ConvolutionWork, threads: Int) -> MethodDemand {
    let shape = work.shape
    var demand = MethodDemand()
    demand.operations = Double(shape.positionCount) * Double(shape.kernelCount)
    let images = Double(work.images)
    demand.costs.add(.pass, work.passes + work.preparations)
    demand.costs.addCorrelation(shape, images: images, threads: threads, as: S.self)
    let weightBytes = Double(2 * shape.kernelCount * MemoryLayout<S>.size)
    demand.costs.add(.byte, at: weightBytes, work.preparations * weightBytes)
    guard work.purpose == .training else { return demand }
    demand.costs.addCorrelation(shape.exchangingChannels, images: images, threads: threads, as: S.self)
    let products = images * demand.operations
    let isShared = threads > 1 && products >= Double(CorrelationPartition.smallestSharedWork)
    demand.costs.add(
      shape.isDense ? .directGradient : .directStrided, at: Double(shape.outputWidth),
      products / (isShared ? Double(threads) : 1))
    if isShared { demand.costs.add(.loop) }
    return demand
  }
}

extension CostProfile {
  /// Extending images and correlating them.
  fileprivate mutating func addCorrelation<S: SpectralScalar>(
    _ shape: ConvolutionShape, images: Double, threads: Int, as _: S.Type
  ) {
    let size = Double(MemoryLayout<S>.size)
    let lanes = 64 / MemoryLayout<S>.size
    let columns = (shape.outputWidth + lanes - 1) / lanes * lanes
    let partition = CorrelationPartition(shape)
    let speedup = partition.speedup(images: Int(images), threads: threads)
    let taps = Double(shape.outputChannels * shape.inputChannels * shape.kernelWidth * columns)
    let side = Double(shape.kernelHeight * shape.kernelWidth).squareRoot()
    let quantity: CostQuantity = !shape.isDense ? .directStrided : shape.outputChannels >= 4 ? .directBank : .direct
    add(quantity, at: side, images * taps * Double(shape.rowPairs) / speedup)
    let samples = Double(shape.inputChannels * shape.paddedHeight * shape.paddedWidth)
    let working = size * (samples + Double(shape.outputCount))
    add(.byte, at: working, images * working / speedup)
    add(.extension, images * Double(partition.bands) / speedup)
    if threads > 1 && partition.isShared(Int(images)) { add(.loop) }
  }
}

extension ConvolutionShape {
  /// Whether neither stride nor dilation leaves anything out.
  var isDense: Bool { hasUnitStride && hasUnitDilation }

  /// How many rows of weights meet a row of the image, over all rows of the outputs; those of zeros are left out.
  fileprivate var rowPairs: Int {
    (0..<kernelHeight).reduce(0) { sum, row in
      let first = row * dilationY - padding.top
      let (low, high) = (
        max(0, (strideY - 1 - first) / strideY), min(outputHeight, (inputHeight - 1 - first) / strideY + 1)
      )
      return sum + (inputHeight - 1 - first < 0 ? 0 : max(0, high - low))
    }
  }

  /// The bank's correlation with images and outputs exchanged, which costs as much as its adjoint.
  fileprivate var exchangingChannels: ConvolutionShape {
    let shape = try? ConvolutionShape(
      inputChannels: outputChannels, outputChannels: inputChannels, inputHeight: inputHeight, inputWidth: inputWidth,
      kernelHeight: kernelHeight, kernelWidth: kernelWidth, strideY: strideY, strideX: strideX, dilationY: dilationY,
      dilationX: dilationX, padding: padding)
    return shape ?? self
  }
}
