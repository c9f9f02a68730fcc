internal import Tensors

extension FFTConvolution {
  /// What a group takes: C + F transforms of the grid for each image, and C·F products at each frequency.
  static func demand(_ work: ConvolutionWork, threads: Int) -> MethodDemand {
    let shape = work.shape
    let grid = gridSize(shape, work.boundary)
    let points = Double(grid.height) * Double(grid.width)
    let (channels, filters) = (shape.inputChannels, shape.outputChannels)
    var demand = MethodDemand()
    let transforms = Double(channels + filters)
    let products = Double(channels * filters) * Double(grid.height * (grid.width / 2 + 1))
    demand.operations = (transforms * 1.25 * points * max(0, Double.log2(points))).rounded() + 4 * products
    let images = Double(work.images)
    let isTraining = work.purpose == .training
    demand.costs.add(
      .planeTransform, at: points.squareRoot(),
      points * (images * transforms * (isTraining ? 3 : 1) + (isTraining ? 2 * Double(channels * filters) : 0)))
    demand.costs.add(.spectralProduct, products * images * (isTraining ? 3 : 1))
    let bytes = Double(MemoryLayout<S>.size) * points
    demand.costs.add(.byte, at: bytes, images * 3 * transforms * bytes)
    return demand
  }
}
