internal import Tensors

/// How a convolution is cut into tiles, chosen from the shape and built-in constants alone.
package struct TileGeometry: Sendable, Equatable {
  package let rows: AxisTiling
  package let columns: AxisTiling

  /// The tiles of an image.
  package var tiles: Int { rows.tiles * columns.tiles }

  /// What is transformed at a time: a tile, or two of one row.
  package var units: Int { isRow ? (tiles + 1) / 2 : tiles }

  var isRow: Bool { rows.length == 1 }

  /// The cheapest tiles by ``cost(_:bytes:)``.
  ///
  /// - Parameters:
  ///   - shape: The sizes of one group.
  ///   - boundary: What the padding consists of.
  ///   - isWhole: Whether one tile is to take the whole image, or each row of it where the kernel has one row.
  ///   - precision: The precision.
  init<S: Scalar>(_ shape: ConvolutionShape, _ boundary: Boundary, isWhole: Bool = false, as precision: S.Type) {
    var best: (cost: Double, geometry: TileGeometry)?
    let columns = AxisTiling.all(.init(horizontalOf: shape), boundary)
    let rows =
      shape.windowHeight == 1
      ? [.rows(shape.outputHeight)] : AxisTiling.all(.init(verticalOf: shape), boundary)
    for row in rows where !isWhole || row.tiles == 1 || row.length == 1 {
      for column in columns where !isWhole || column.tiles == 1 {
        let geometry = TileGeometry(rows: row, columns: column)
        let cost = geometry.cost(shape, bytes: 2 * MemoryLayout<S>.stride)
        if cost < best?.cost ?? .infinity { best = (cost, geometry) }
      }
    }
    guard let best else { preconditionFailure("expected a tile for \(shape)") }
    self = best.geometry
  }

  private init(rows: AxisTiling, columns: AxisTiling) {
    self.rows = rows
    self.columns = columns
  }

  /// The whole image as one tile, where that serves a transform of the image better than ``FFTConvolution``: one large
  /// plane and one kernel, no stride that parts the image, no period that is the image's own.
  static func whole<S: SpectralScalar>(
    _ shape: ConvolutionShape, _ boundary: Boundary, as _: S.Type
  ) -> TileGeometry? {
    guard shape.inputChannels == 1 && shape.outputChannels == 1 && shape.hasUnitStride else { return nil }
    let grid = SpectralGrid.size(shape, boundary)
    guard !SpectrumTransformChoice.isPaired(grid) && !SpectralGrid.isOwnPeriod(shape, boundary) else { return nil }
    return TileGeometry(shape, boundary, isWhole: true, as: S.self)
  }

  /// The points of a spectrum, complex numbers.
  var points: Double {
    isRow ? Double(columns.length) : Double(columns.length / 2 + 1) * Double(rows.length)
  }

  /// The nanoseconds of a unit's transforms in Float, of C channels forward and F filters backward, by the times of rows
  /// alone.
  func transforms(_ shape: ConvolutionShape) -> Double {
    Double(shape.inputChannels) * (rowTime(rows.active) + columnTime)
      + Double(shape.outputChannels) * (rowTime(rows.wanted) + columnTime)
  }

  /// The nanoseconds of the transforms of a bank.
  func bankTransforms(_ shape: ConvolutionShape) -> Double {
    Double(shape.inputChannels * shape.outputChannels) * (rowTime(shape.windowHeight) + columnTime)
  }

  /// The time of one image and of its kernels on one thread in nanoseconds.
  private func cost(_ shape: ConvolutionShape, bytes: Int) -> Double {
    let (channels, filters) = (Double(shape.inputChannels), Double(shape.outputChannels))
    let isCached = points * Double(bytes) * channels <= Double(1 << 20)
    let moves = (isCached ? 0.25 : 0.6) * points
    let products = channels * filters * points * (isCached ? 0.1 : 0.3)
    let unit = transforms(shape) + (channels + filters) * moves + products
    let kernels = bankTransforms(shape) + channels * filters * moves
    return Double(bytes) / 8 * (Double(isRow ? units + units % 2 : units) * unit + kernels)
  }

  /// The nanoseconds of the passes along rows, of which so many are not left out.
  private func rowTime(_ count: Int) -> Double {
    isRow ? columns.nanoseconds : Double((count + 15) / 16 * 8) * columns.nanoseconds
  }

  /// The nanoseconds of the passes along columns.
  private var columnTime: Double { isRow ? 0 : Double(columns.length / 2 + 1) * rows.nanoseconds }
}

extension TileGeometry: CustomStringConvertible {
  package var description: String { "\(tiles) tiles of \(rows.length)×\(columns.length)" }
}
