internal import Tensors

extension TiledConvolution {
  /// What a group takes: C + F transforms of each tile, and C·F products at each of their frequencies.
  static func demand(_ work: ConvolutionWork, _ geometry: TileGeometry, threads: Int) -> MethodDemand {
    let shape = work.shape
    let points = Double(geometry.rows.length * geometry.columns.length)
    let (channels, filters) = (Double(shape.inputChannels), Double(shape.outputChannels))
    let units = work.images * geometry.units
    let passes: Double = work.purpose == .training ? 3 : 1
    var demand = MethodDemand()
    demand.operations =
      Double(geometry.tiles)
      * ((channels + filters) * 1.25 * points * Double.log2(points) + 2 * channels * filters * points)
    let amount = passes * Double(units) / (geometry.isRow ? share(units, among: threads) : Double(threads))
    let size = geometry.points.squareRoot()
    let precision = Double(MemoryLayout<S>.size / 4)
    demand.costs.add(.tileTransform, at: size, amount * precision * geometry.transforms(shape))
    demand.costs.add(.tileProduct, at: size, amount * channels * filters * geometry.points)
    let numbers = Double(shape.inputCount) + Double(shape.outputCount)
    demand.costs.add(
      .byte, at: Double(MemoryLayout<S>.size) * numbers, passes * Double(work.images * MemoryLayout<S>.size) * numbers)
    if threads > 1 { demand.costs.add(.loop, passes) }
    return demand
  }
}
