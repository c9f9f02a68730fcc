internal import Tensors

/// What a scattering transform is made of, in Double: its grid, its wavelets and its averages.
///
/// The wavelets are made when they are first asked for.
struct ScatteringGrid: Sendable {
  let rows: ScatteringAxis
  let columns: ScatteringAxis
  let scales: Int
  let orientations: Int

  /// The wavelets on the grid, `[height, width]`, by j and then θ.
  private let wavelets: Deferred<[[Double]]>

  init(height: Int, width: Int, scales: Int, orientations: Int, boundary: Boundary) {
    rows = ScatteringAxis(count: height, scales: scales, boundary: boundary)
    columns = ScatteringAxis(count: width, scales: scales, boundary: boundary)
    self.scales = scales
    self.orientations = orientations
    let (bank, size) = (MorletBank(orientations: orientations), ImageSize(rows.gridCount, columns.gridCount))
    wavelets = Deferred {
      (0..<scales * orientations).map {
        bank.wavelet(
          scale: $0 / orientations, orientation: $0 % orientations, height: size.height, width: size.width)
      }
    }
  }

  /// The resolution of the maps of a scale.
  func resolution(scale: Int) -> Int { rows.resolution(scale: scale) }

  /// The sizes of the maps of a resolution.
  func size(resolution: Int) -> ImageSize {
    ImageSize(rows.count(resolution: resolution), columns.count(resolution: resolution))
  }

  /// The pixel of an image that each sample of the grid is, row by row; −1 for a zero.
  var sources: [Int] {
    rows.sources.flatMap { row in
      columns.sources.map { row < 0 || $0 < 0 ? -1 : row * columns.count + $0 }
    }
  }

  /// The frequencies of a wavelet that maps of a resolution have.
  func wavelet(scale: Int, orientation: Int, resolution: Int) -> [Double] {
    let spectrum = wavelets.value[scale * orientations + orientation]
    return rows.frequencies(resolution: resolution).flatMap { row in
      columns.frequencies(resolution: resolution).map { spectrum[row * columns.gridCount + $0] }
    }
  }
}
