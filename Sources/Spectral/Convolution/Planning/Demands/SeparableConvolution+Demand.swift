internal import Tensors

extension SeparableConvolution {
  /// What a group takes: for each term a pass along the columns of every channel, and one along the rows.
  ///
  /// A kernel whose rank is not known has full rank. The gradient of the bank is that of the direct loops.
  static func demand(_ work: ConvolutionWork, threads: Int) -> MethodDemand {
    let shape = work.shape
    let rank = Double(work.kernelRank ?? min(shape.kernelHeight, shape.kernelWidth))
    let kernels = Double(shape.outputChannels * shape.inputChannels)
    let columns = kernels * rank * Double(shape.kernelHeight * shape.outputHeight * shape.inputWidth)
    let rows = kernels * rank * Double(shape.kernelWidth * shape.positionCount)
    let images = Double(work.images)
    let isDense = shape.hasUnitStride && shape.hasUnitDilation
    let speedup = threads > 1 && (work.images > 1 || shape.outputHeight >= 8) ? Double(threads) : 1
    var demand = MethodDemand()
    demand.operations = columns + rows
    let passes: Double = work.purpose == .training ? 2 : 1
    demand.costs.add(.pass, work.passes)
    demand.costs.add(.decomposition, work.preparations * kernels * decomposition(shape))
    for (side, operations) in [(shape.kernelHeight, columns), (shape.kernelWidth, rows)] {
      let quantity: CostQuantity = isDense ? .direct : .directStrided
      demand.costs.add(quantity, at: Double(side).squareRoot(), passes * images * operations / speedup)
    }
    if work.purpose == .training {
      let products = Double(shape.positionCount) * Double(shape.kernelCount)
      demand.costs.add(.directGradient, at: Double(shape.outputWidth), images * products / speedup)
    }
    if threads > 1 { demand.costs.add(.loop, 2 * passes) }
    return demand
  }

  /// The multiply-adds of a kernel's singular value decomposition, up to a factor.
  private static func decomposition(_ shape: ConvolutionShape) -> Double {
    Double(shape.kernelHeight * shape.kernelWidth * min(shape.kernelHeight, shape.kernelWidth))
  }
}
