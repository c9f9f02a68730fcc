internal import Tensors

extension FFTConvolution {
  /// What a group takes: C·strideY·strideX + F transforms of the grid for each image or pair of images, and at each
  /// frequency a matrix product.
  static func demand(_ work: ConvolutionWork, threads: Int) -> MethodDemand {
    let shape = work.shape
    let grid = gridSize(shape, work.boundary)
    let points = Double(grid.height) * Double(grid.width)
    let isPaired = SpectrumTransformChoice.isPaired(grid)
    let (channels, filters) = (shape.inputChannels * shape.strideY * shape.strideX, shape.outputChannels)
    let (transforms, bank) = (Double(channels + filters), Double(channels * filters))
    let units = isPaired ? (work.images + 1) / 2 : work.images
    let frequencies = isPaired ? points : Double(grid.height * (grid.width / 2 + 1))
    let operations = (transforms * 1.25 * points * max(0, Double.log2(points))).rounded()
    var demand = MethodDemand()
    demand.operations = operations + 4 * bank * frequencies / (isPaired ? 2 : 1)
    let gradients: Double = work.purpose == .training ? 2 : 1
    let unitShare = isPaired ? share(units, among: threads) : Double(threads)
    let bankShare = isPaired ? share(channels * filters, among: threads) : Double(threads)
    demand.costs.add(.pass, work.passes)
    demand.costs.add(
      isPaired ? .pairTransform : .planeTransform, at: points.squareRoot(),
      points * (isPaired ? 2 : 1)
        * (Double(units) * transforms * gradients / unitShare + work.preparations * bank / bankShare))
    demand.costs.add(
      .spectralProduct, at: Double(min(channels, filters)),
      bank * frequencies * Double(units) * work.passes / unitShare)
    let bytes = Double(MemoryLayout<S>.size) * points
    demand.costs.add(.byte, at: bytes, Double(work.images) * 3 * transforms * bytes / Double(threads))
    if threads > 1 { demand.costs.add(.loop, work.passes * (isPaired ? 1 : 4 * transforms * Double(units))) }
    return demand
  }
}
