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
    let tasks = SpectrumTasks(grid, channels: channels, filters: filters)
    let isDivided = tasks.size(of: units) < units
    let sharesPlanes = !isDivided && tasks.sharesPlanes(min(channels, filters))
    let planesShare = isPaired ? sharesPlanes ? share(min(channels, filters), among: threads) : 1 : Double(threads)
    let unitShare = isDivided ? tasks.speedup(units: units, threads: threads) : planesShare
    let bankShare = isPaired ? share(channels * filters, among: threads) : Double(threads)
    demand.costs.add(.pass, work.passes + work.preparations)
    let images = Double(units) * gradients / unitShare
    let kernels = work.preparations * bank / bankShare
    if isPaired {
      let (height, width) = (PairLength(grid.height), PairLength(grid.width))
      let time = { rows in SpectrumTransformChoice.nanoseconds(height, width, rows: min(rows, grid.height)) }
      let nanoseconds =
        images * (Double(channels) * time(shape.inputHeight) + Double(filters) * time(shape.outputHeight))
        + kernels * time(grid.height)
      demand.costs.add(
        .pairTransform, at: points.squareRoot(), Double(MemoryLayout<S>.size / 4) * nanoseconds)
    } else {
      demand.costs.add(.planeTransform, at: points.squareRoot(), points * (images * transforms + kernels))
    }
    demand.costs.add(
      .spectralProduct, at: Double(min(channels, filters)),
      bank * frequencies * Double(units) * work.passes / unitShare)
    let size = Double(MemoryLayout<S>.size)
    let bytes = size * points
    demand.costs.add(.byte, at: 2 * transforms * bytes, Double(work.images) * 3 * transforms * bytes / unitShare)
    demand.costs.add(
      .bankBlock, at: bank * bytes, work.preparations * bank * (2 * frequencies * size / 64) / bankShare)
    if threads > 1 {
      let loops = isDivided ? 1 : sharesPlanes ? 2 * Double(units) : isPaired ? 0 : 4 * transforms * Double(units)
      demand.costs.add(.loop, work.passes * loops + work.preparations)
    }
    return demand
  }
}
