/// How one axis of a convolution is divided into tiles.
package struct AxisTiling: Sendable, Equatable {
  /// The places of a tile.
  let length: Int
  /// The outputs of a tile, except perhaps the last.
  let perTile: Int
  /// The number of tiles.
  let tiles: Int
  /// Whether one tile takes the whole axis and its period meets only zeros of the padding.
  let isPeriodic: Bool
  /// How far before a tile's first place the kernel begins, on the other side of the period.
  let kernelOffset: Int
  /// The samples under a tile that are not zeros of the padding, at most.
  let active: Int
  /// The places of the outputs of a tile, those that a stride skips in between included.
  let wanted: Int
  /// The nanoseconds of the transform of one complex row along the axis.
  let nanoseconds: Double
}

extension AxisTiling {
  /// What decides how an axis can be divided.
  struct Extent {
    let samples: Int
    let before: Int
    let after: Int
    let window: Int
    let outputs: Int
    let stride: Int
    /// Tiles have a multiple of so many outputs where that takes no more tiles.
    let unit: Int

    init(verticalOf shape: ConvolutionShape) {
      samples = shape.inputHeight
      (before, after) = (shape.padding.top, shape.padding.bottom)
      (window, outputs, stride) = (shape.windowHeight, shape.outputHeight, shape.strideY)
      // Rows are transformed in blocks of sixteen.
      unit = stride == 1 ? 16 : 1
    }

    init(horizontalOf shape: ConvolutionShape) {
      samples = shape.inputWidth
      (before, after) = (shape.padding.left, shape.padding.right)
      (window, outputs, stride) = (shape.windowWidth, shape.outputWidth, shape.strideX)
      // So the rows of tiles begin and end with lines of the cache, where those of the image do.
      unit = stride == 1 ? 16 : 1
    }
  }

  /// Lengths longer than the shortest that serves, for which FFTW may be faster.
  private static let alternatives = 3

  /// Tiles of one row, one for each row of the outputs.
  static func rows(_ count: Int) -> AxisTiling {
    AxisTiling(
      length: 1, perTile: 1, tiles: count, isPeriodic: false, kernelOffset: 0, active: 1, wanted: 1, nanoseconds: 0)
  }

  /// Every useful division of an axis.
  ///
  /// The longer the tiles, the fewer of them; and with zeros outside the image one tile that is as long as the samples
  /// with the longer padding.
  static func all(_ extent: Extent, _ boundary: Boundary) -> [AxisTiling] {
    overlapping(extent, isZero: boundary == .zero) + (boundary == .zero ? periodic(extent) : [])
  }

  private static func overlapping(_ extent: Extent, isZero: Bool) -> [AxisTiling] {
    var result: [AxisTiling] = []
    for length in TileLength.all where length.count >= extent.window {
      let most = (length.count - extent.window) / extent.stride + 1
      let tiles = (extent.outputs + most - 1) / most
      let share = (extent.outputs + tiles - 1) / tiles
      let perTile = tiles == 1 ? share : min(most, (share + extent.unit - 1) / extent.unit * extent.unit)
      result.append(
        AxisTiling(
          length: length.count, perTile: perTile, tiles: tiles, isPeriodic: false, kernelOffset: 0,
          active: min(length.count, isZero ? extent.samples : .max), wanted: (perTile - 1) * extent.stride + 1,
          nanoseconds: length.nanoseconds))
      if tiles == 1 { break }
    }
    return result
  }

  private static func periodic(_ extent: Extent) -> [AxisTiling] {
    let wanted = (extent.outputs - 1) * extent.stride + 1
    let least = max(extent.samples + max(extent.before, extent.after), extent.window, wanted)
    let lengths = TileLength.all.lazy.filter { $0.count >= least }.prefix(alternatives)
    return lengths.map {
      AxisTiling(
        length: $0.count, perTile: extent.outputs, tiles: 1, isPeriodic: true, kernelOffset: extent.before,
        active: extent.samples, wanted: wanted, nanoseconds: $0.nanoseconds)
    }
  }
}

extension AxisTiling {
  /// The place in a tile of the kernel's number at an index of its window.
  func place(ofIndex index: Int) -> Int { index < kernelOffset ? index - kernelOffset + length : index - kernelOffset }

  /// The weight at a place, of `count` that are `dilation` apart; `nil` where there is none.
  func weight(at place: Int, of count: Int, dilation: Int) -> Int? {
    guard place < length else { return nil }
    let index = place < length - kernelOffset ? place + kernelOffset : place + kernelOffset - length
    let (weight, rest) = index.quotientAndRemainder(dividingBy: dilation)
    return rest == 0 && weight < count ? weight : nil
  }

  /// Whether some places may hold weights of a kernel that spans `window` of them.
  func holdsWeights(_ places: Range<Int>, window: Int) -> Bool {
    places.overlaps(0..<max(0, window - kernelOffset)) || places.overlaps(length - min(kernelOffset, window)..<length)
  }
}
