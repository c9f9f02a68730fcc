internal import Tensors

extension Im2colConvolution {
  /// What a group takes: gathering windows, and a matrix product of F·(C·kh·kw)·positions.
  static func demand(_ work: ConvolutionWork, threads: Int) -> MethodDemand {
    let shape = work.shape
    var demand = MethodDemand()
    demand.operations = Double(shape.positionCount) * Double(shape.kernelCount)
    let images = Double(work.images)
    let passes: Double = work.purpose == .training ? 3 : 1
    let inner = Double(min(shape.outputChannels, shape.tapCount))
    demand.costs.add(.matrixProduct, at: inner, passes * images * demand.operations)
    demand.costs.add(.gather, passes * images * Double(shape.tapCount) * Double(shape.positionCount))
    let bytes = Double(MemoryLayout<S>.size * (shape.inputChannels * shape.paddedHeight * shape.paddedWidth))
    demand.costs.add(.byte, at: bytes, passes * images * bytes)
    return demand
  }
}
