internal import Tensors

extension Im2colConvolution {
  /// What a group takes: gathering windows, and a matrix product of F·(C·kh·kw)·positions.
  static func demand(_ work: ConvolutionWork, threads: Int) -> MethodDemand {
    let shape = work.shape
    var demand = MethodDemand()
    demand.operations = Double(shape.positionCount) * Double(shape.kernelCount)
    let images = Double(work.images) / Double(threads)
    let inner = Double(min(shape.outputChannels, shape.tapCount))
    demand.costs.add(.pass, work.passes)
    demand.costs.add(.matrixProduct, at: inner, work.passes * images * demand.operations)
    if !isItsOwnMatrix(shape) {
      demand.costs.add(.gather, work.passes * images * Double(shape.tapCount) * Double(shape.positionCount))
    }
    let bytes = Double(MemoryLayout<S>.size * (shape.inputChannels * shape.paddedHeight * shape.paddedWidth))
    demand.costs.add(.byte, at: bytes, work.passes * images * bytes)
    if threads > 1 { demand.costs.add(.loop, work.passes) }
    return demand
  }
}
