internal import Tensors

extension OverlapSaveConvolution {
  /// What a group takes: C + F transforms of each pair of tiles, and C·F products at each of their frequencies.
  static func demand(_ work: ConvolutionWork, threads: Int) -> MethodDemand {
    let shape = work.shape
    let geometry = TileGeometry(shape, as: S.self)
    let points = Double(geometry.rows.length * geometry.columns.length)
    let (channels, filters) = (Double(shape.inputChannels), Double(shape.outputChannels))
    let pairs = work.images * geometry.pairs
    let passes: Double = work.purpose == .training ? 3 : 1
    var demand = MethodDemand()
    let tiles = Double(geometry.pairs)
    demand.operations =
      tiles * ((channels + filters) * 2.5 * points * Double.log2(points) + 4 * channels * filters * points)
    let amount = passes * Double(pairs) / share(pairs, among: threads) * points
    demand.costs.add(.tileTransform, at: points.squareRoot(), amount * (channels + filters))
    demand.costs.add(.tileProduct, amount * channels * filters)
    let numbers = Double(shape.inputCount) + Double(shape.outputCount)
    demand.costs.add(
      .byte, at: Double(MemoryLayout<S>.size) * numbers, passes * Double(work.images * MemoryLayout<S>.size) * numbers)
    if threads > 1 { demand.costs.add(.loop, passes) }
    return demand
  }
}
