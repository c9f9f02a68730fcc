internal import Tensors

extension TiledConvolution {
  /// What a group takes: C + F transforms of each tile, and C·F products at each of their frequencies.
  static func demand(_ work: ConvolutionWork, _ geometry: TileGeometry, threads: Int) -> MethodDemand {
    let shape = work.shape
    let points = Double(geometry.rows.length * geometry.columns.length)
    let (channels, filters) = (Double(shape.inputChannels), Double(shape.outputChannels))
    let units = work.images * geometry.units
    var demand = MethodDemand()
    demand.operations =
      Double(geometry.tiles)
      * ((channels + filters) * 1.25 * points * Double.log2(points) + 2 * channels * filters * points)
    let numbers = TileTransform<S>.count(height: geometry.rows.length, width: geometry.columns.length)
    let isShared = TileWorkers<S>.sharesUnits(units, of: numbers, among: threads)
    let amount = work.passes * Double(units) / (isShared ? share(units, among: threads) : Double(threads))
    let (size, precision) = (geometry.points.squareRoot(), Double(MemoryLayout<S>.size / 4))
    let banks = work.preparations * geometry.bankTransforms(shape) / Double(threads)
    demand.costs.add(.pass, work.passes + work.preparations)
    demand.costs.add(.tileTransform, at: size, precision * (amount * geometry.transforms(shape) + banks))
    demand.costs.add(.tileProduct, at: size, amount * channels * filters * geometry.points)
    let bytes = Double(MemoryLayout<S>.size * work.images * (shape.inputCount + shape.outputCount))
    demand.costs.add(.byte, at: bytes, work.passes * bytes / Double(threads))
    if threads > 1 {
      let passes = isShared ? 0 : Double(units) * (channels + 2 * filters)
      let spectrum = geometry.points * 2 * Double(MemoryLayout<S>.size)
      demand.costs.add(.exchange, work.passes * passes * spectrum / Double(threads))
      let loops = isShared ? 1 : Double(units) * (channels * (filters > 1 ? 2 : 1) + 2 * filters)
      demand.costs.add(.loop, work.passes * loops + 2 * work.preparations)
    }
    return demand
  }
}
