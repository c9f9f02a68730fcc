internal import Tensors

/// One axis of a convolution by tiles: what lies where on it, and how tiles of `length` divide it.
///
/// Sample n of the input lies at index before + n·step of the extended axis; in between and outside are zeros or what the
/// boundary says. Tile t begins at index t·perTile·stride, and outputs t·perTile… of the axis lie at its places
/// firstValid, firstValid + stride …. On a periodic axis samples and outputs begin at place 0, and the kernel wraps round.
struct TileAxis: Sendable {
  let samples: Int
  let before: Int
  let step: Int
  let outputs: Int
  let stride: Int
  let length: Int
  let firstValid: Int
  /// The outputs of a tile, except perhaps the last.
  let perTile: Int
  /// The places of a tile that may hold samples, from the first on.
  let filled: Int

  /// The samples that the extension repeats before the first and after the last; empty where it consists of zeros.
  private let leading: [Int]
  private let trailing: [Int]

  /// The number of tiles.
  var tiles: Int { (outputs + perTile - 1) / perTile }

  /// The axis of a correlation.
  static func correlation(
    samples: Int, padding: (before: Int, after: Int), _ boundary: Boundary, outputs: Int, stride: Int,
    _ tiling: AxisTiling
  ) -> TileAxis {
    let isZero = boundary == .zero
    return TileAxis(
      samples: samples, before: padding.before - tiling.kernelOffset, step: 1, outputs: outputs, stride: stride,
      length: tiling.length, firstValid: 0, perTile: tiling.perTile,
      filled: tiling.isPeriodic ? samples : tiling.length,
      leading: isZero ? [] : (-padding.before..<0).compactMap { boundary.source(of: $0, in: samples) },
      trailing: isZero ? [] : (samples..<samples + padding.after).compactMap { boundary.source(of: $0, in: samples) })
  }

  /// The axis of a correlation's adjoint, which spreads gradients `step` apart: the indices from `first` on of the
  /// extended image are its outputs, and a window reaches back from each.
  static func adjoint(
    samples: Int, step: Int, first: Int, outputs: Int, window: Int, _ tiling: AxisTiling
  ) -> TileAxis {
    let (before, firstValid) = tiling.isPeriodic ? (0, 0) : (window - 1 - first, window - 1)
    return TileAxis(
      samples: samples, before: before, step: step, outputs: outputs, stride: 1, length: tiling.length,
      firstValid: firstValid, perTile: tiling.isPeriodic ? outputs : tiling.perTile,
      filled: tiling.isPeriodic && step == 1 ? samples : tiling.length, leading: [], trailing: [])
  }

  /// The outputs of a tile.
  func outputs(of tile: Int) -> Range<Int> { tile * perTile..<min(outputs, (tile + 1) * perTile) }

  /// The index at which a tile begins.
  func origin(of tile: Int) -> Int { tile * perTile * stride }

  /// The sample at an index, or `nil` for a zero.
  func source(of index: Int) -> Int? {
    let place = index - before
    if place < 0 { return index >= 0 && !leading.isEmpty ? leading[index] : nil }
    let (sample, rest) = step == 1 ? (place, 0) : place.quotientAndRemainder(dividingBy: step)
    if sample < samples { return rest == 0 ? sample : nil }
    return place - samples < trailing.count ? trailing[place - samples] : nil
  }

  /// The places of a tile that may hold anything but zeros.
  func active(in tile: Int) -> Range<Int> {
    let origin = origin(of: tile)
    let first = before - leading.count
    let last = before + (samples - 1) * step + 1 + trailing.count
    let start = min(length, max(0, first - origin))
    return start..<max(start, min(length, last - origin))
  }

  /// The places of a tile under which samples lie side by side, one under each: the first under place before − origin.
  func straight(under tile: Int) -> Range<Int> {
    guard step == 1 else { return 0..<0 }
    let first = origin(of: tile) - before
    let start = min(length, max(0, -first))
    return start..<max(start, min(length, samples - first))
  }

  /// What lies under a tile.
  func span(under tile: Int) -> TileSpan {
    let first = origin(of: tile) - before
    let start = min(samples, (max(0, first) + step - 1) / step)
    let end = max(start, min(samples, (first + filled + step - 1) / step))
    let isAlone = leading.isEmpty && trailing.isEmpty || first >= 0 && first + filled <= samples
    let places = start < end ? start - first..<end - first : 0..<0
    return TileSpan(samples: start..<end, places: step == 1 && isAlone ? places : nil)
  }

  /// The samples under a tile: in the row itself where they lie there side by side, otherwise collected in `line`.
  func samples<S: Scalar>(
    of row: UnsafePointer<S>, under tile: Int, _ line: UnsafeMutablePointer<S>
  ) -> UnsafePointer<S> {
    let first = origin(of: tile) - before
    if step == 1 && first >= 0 && first + filled <= samples { return row + first }
    line.clear(count: length)
    copySamples(of: row, from: first, into: line)
    let active = active(in: tile)
    for place in active.lowerBound..<max(active.lowerBound, min(active.upperBound, -first)) {
      line[place] = row[leading[place + first + before]]
    }
    for place in min(active.upperBound, max(active.lowerBound, samples - first))..<active.upperBound where step == 1 {
      line[place] = row[trailing[place + first - samples]]
    }
    return UnsafePointer(line)
  }

  private func copySamples<S: Scalar>(
    of row: UnsafePointer<S>, from first: Int, into line: UnsafeMutablePointer<S>
  ) {
    let start = first <= 0 ? 0 : (first + step - 1) / step
    let end = min(samples, (first + length - 1) / step + 1)
    guard start < end, first + length > 0 else { return }
    if step == 1 {
      (line + (start - first)).update(from: row + start, count: end - start)
    } else {
      for sample in start..<end { line[sample * step - first] = row[sample] }
    }
  }
}
