internal import Tensors

extension WinogradConvolution {
  /// What a group takes: (m + 2)² products of F·C·tiles; for each tile and channel 2·(m + 2)³ multiply-adds of the samples'
  /// transform, for each filter m·(m + 2)² + m²·(m + 2) of the outputs'.
  static func demand(_ work: ConvolutionWork, threads: Int) throws(InputError) -> MethodDemand {
    let shape = work.shape
    let algorithm = try WinogradConvolution(shape, work.boundary)
    let tiles = Double(algorithm.tiling.rows * algorithm.tiling.columns)
    let area = Double(algorithm.matrixCount)
    let (channels, filters) = (Double(shape.inputChannels), Double(shape.outputChannels))
    let (tile, side) = (Double(algorithm.tiling.tile), Double(algorithm.tiling.tile + 2))
    var demand = MethodDemand()
    let products = area * tiles * channels * filters
    demand.operations = products + tiles * (2 * side * area * channels + (tile * area + tile * tile * side) * filters)
    let images = Double(work.images)
    let passes = work.passes
    demand.costs.add(.pass, passes + work.preparations)
    let weights = Double(MemoryLayout<S>.size) * area * channels * filters
    demand.costs.add(.byte, at: weights, 2 * work.preparations * weights)
    let share = Double(min(algorithm.tiling.groupCount(images: work.images) * algorithm.tiling.bandCount, threads))
    demand.costs.add(
      .matrixProduct, at: Double(min(shape.outputChannels, shape.inputChannels)), passes * images * products / share)
    let blocks = Double(algorithm.tiling.groupCount(images: work.images) * algorithm.tiling.bandCount)
    demand.costs.add(.product, passes * area * blocks / share)
    let precision = Double(MemoryLayout<S>.size / 4)
    demand.costs.add(.winogradTransform, precision * passes * images * area * tiles * (channels + filters) / share)
    let traffic = Double(MemoryLayout<S>.size * (shape.inputCount + shape.outputCount))
    demand.costs.add(.byte, at: traffic, passes * images * traffic / Double(threads))
    if threads > 1 { demand.costs.add(.loop, 3 * passes) }
    return demand
  }
}
