internal import Tensors

extension Im2colConvolution {
  /// What a group takes: gathering windows, and a matrix product of F·(C·kh·kw)·positions.
  static func demand(_ work: ConvolutionWork, threads: Int) -> MethodDemand {
    let shape = work.shape
    var demand = MethodDemand()
    demand.operations = Double(shape.positionCount) * Double(shape.kernelCount)
    let blocks = blocks(of: shape)
    let products = (work.images + blocks.images - 1) / blocks.images * blocks.ofImage
    let parts = min(products, mostParts)
    let images = Double(work.images) / share(parts, among: threads)
    let inner = Double(min(shape.outputChannels, shape.tapCount))
    demand.costs.add(.pass, work.passes + work.preparations)
    demand.costs.add(.matrixProduct, at: inner, work.passes * images * demand.operations)
    demand.costs.add(.product, work.passes * Double(products) / share(parts, among: threads))
    if !isItsOwnMatrix(shape) {
      demand.costs.add(.extension, work.passes * images)
      let numbers = work.passes * images * Double(shape.tapCount) * Double(shape.positionCount)
      demand.costs.add(.gather, at: Double(shape.tapCount), numbers)
    }
    let bytes = Double(MemoryLayout<S>.size * (shape.inputChannels * shape.paddedHeight * shape.paddedWidth))
    demand.costs.add(.byte, at: bytes, work.passes * images * bytes)
    if threads > 1 && parts > 1 { demand.costs.add(.loop, work.passes) }
    return demand
  }
}
