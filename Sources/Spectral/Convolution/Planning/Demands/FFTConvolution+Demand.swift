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
    var demand = MethodDemand()
    let transforms = Double(channels + filters)
    let frequencies = isPaired ? points / 2 : Double(grid.height * (grid.width / 2 + 1))
    let products = Double(channels * filters) * frequencies
    demand.operations = (transforms * 1.25 * points * max(0, Double.log2(points))).rounded() + 4 * products
    let images = Double(work.images)
    let isTraining = work.purpose == .training
    let share = Double(isPaired ? min((work.images + 1) / 2, threads) : threads)
    let banks = isTraining ? 2 * Double(channels * filters) * (isPaired ? 2 : 1) : 0
    demand.costs.add(
      isPaired ? .pairTransform : .planeTransform, at: points.squareRoot(),
      points * (images * transforms * (isTraining ? 2 : 1) + banks) / (isPaired ? share : 1))
    demand.costs.add(
      .spectralProduct, at: Double(min(channels, filters)), products * images * (isTraining ? 3 : 1) / share)
    let bytes = Double(MemoryLayout<S>.size) * points
    demand.costs.add(.byte, at: bytes, images * 3 * transforms * bytes)
    return demand
  }
}
