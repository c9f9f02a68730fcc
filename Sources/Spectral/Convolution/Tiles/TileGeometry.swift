internal import Tensors

/// How a convolution is cut into tiles, chosen from the shape and built-in constants alone.
package struct TileGeometry: Sendable, Equatable {
  package let rows: AxisTiling
  package let columns: AxisTiling

  /// The tiles of an image; two of them make one complex transform.
  package let tiles: Int
  package var pairs: Int { (tiles + 1) / 2 }

  /// The cheapest tiles by ``cost(_:_:_:)``.
  init<S: Scalar>(_ shape: ConvolutionShape, as _: S.Type) {
    let rows = Self.tilings(window: shape.windowHeight, outputs: shape.outputHeight, stride: shape.strideY)
    let columns = Self.tilings(window: shape.windowWidth, outputs: shape.outputWidth, stride: shape.strideX)
    let isRow = shape.windowHeight == 1
    var best: (cost: Double, geometry: TileGeometry)?
    for row in isRow ? [AxisTiling(length: 1, perTile: 1)] : rows {
      for column in columns {
        let geometry = TileGeometry(row, column, shape)
        let cost = geometry.cost(shape, bytes: 2 * MemoryLayout<S>.stride)
        if cost < best?.cost ?? .infinity { best = (cost, geometry) }
      }
    }
    guard let best else { preconditionFailure("expected a tile for \(shape)") }
    self = best.geometry
  }

  private init(_ rows: AxisTiling, _ columns: AxisTiling, _ shape: ConvolutionShape) {
    self.rows = rows
    self.columns = columns
    tiles = Self.count(shape.outputHeight, rows) * Self.count(shape.outputWidth, columns)
  }

  private static func count(_ outputs: Int, _ tiling: AxisTiling) -> Int {
    (outputs + tiling.perTile - 1) / tiling.perTile
  }

  /// Every useful length of a tile with the outputs that it gives: the more tiles there are, the fewer of them each.
  private static func tilings(window: Int, outputs: Int, stride: Int) -> [AxisTiling] {
    var result: [AxisTiling] = []
    for length in TileLength.all(from: window) {
      let most = (length - window) / stride + 1
      let tiles = (outputs + most - 1) / most
      result.append(AxisTiling(length: length, perTile: (outputs + tiles - 1) / tiles))
      if tiles == 1 { break }
    }
    return result
  }

  /// The time of one image on one thread in nanoseconds: transforms of C channels and F filters, products of their
  /// spectra, and the kernels' own transforms.
  ///
  /// An odd pair is counted as two, since two threads would wait for it.
  private func cost(_ shape: ConvolutionShape, bytes: Int) -> Double {
    let (channels, filters) = (Double(shape.inputChannels), Double(shape.outputChannels))
    let (height, width) = (Double(rows.length), Double(columns.length))
    let row = TileLength.time(columns.length)
    let column = rows.length == 1 ? 0 : TileLength.time(rows.length)
    let wanted = Double((rows.perTile - 1) * shape.strideY + 1)
    let (scale, points) = (Double(bytes) / 8, height * width)
    let isCached = points * Double(2 * bytes) * max(channels, 1) <= Double(1 << 20)
    let moves = (isCached ? 0.25 : 0.6) * points
    let pair =
      channels * (height * row + width * column + moves) + filters * (wanted * row + width * column + moves)
      + channels * filters * points * (isCached ? 0.1 : 0.3)
    let kernels = channels * filters * (Double(shape.windowHeight) * row + width * column + moves)
    return scale * (Double(pairs + pairs % 2) * pair + kernels)
  }
}

extension TileGeometry: CustomStringConvertible {
  package var description: String { "\(tiles) tiles of \(rows.length)×\(columns.length)" }
}
