/// The wavelets of one scale and one orientation, which lie on a grid of blocks.
struct WaveletBand: Sendable {
  /// The number of blocks above each other.
  let rows: Int
  /// The number of blocks beside each other.
  let columns: Int
  let changesAlongY: Bool
  let changesAlongX: Bool
  /// 1 for the finest details.
  let level: Int

  var name: String {
    switch (changesAlongY, changesAlongX) {
    case (false, false): "approximation"
    case (true, false): "level \(level) horizontal"
    case (false, true): "level \(level) vertical"
    case (true, true): "level \(level) diagonal"
    }
  }

  /// The bands of all scales, coarse to fine.
  static func pyramid(height: Int, width: Int) -> [WaveletBand] {
    var (rows, columns, level) = (height, width, 0)
    var details: [WaveletBand] = []
    while rows.isMultiple(of: 2) || columns.isMultiple(of: 2) {
      let (halvesY, halvesX) = (rows.isMultiple(of: 2), columns.isMultiple(of: 2))
      level += 1
      rows /= halvesY ? 2 : 1
      columns /= halvesX ? 2 : 1
      let orientations = [(true, false), (false, true), (true, true)].filter { y, x in
        (halvesY || !y) && (halvesX || !x)
      }
      let bands = orientations.map { y, x in
        WaveletBand(rows: rows, columns: columns, changesAlongY: y, changesAlongX: x, level: level)
      }
      details.insert(contentsOf: bands, at: 0)
    }
    return [WaveletBand(rows: rows, columns: columns, changesAlongY: false, changesAlongX: false, level: level)]
      + details
  }

  /// The band and the block of each of the first wavelets: band by band, each row by row.
  static func places(_ bands: [WaveletBand], count: Int) -> [(band: WaveletBand, row: Int, column: Int)] {
    let all = bands.lazy.flatMap { band in
      (0..<band.rows * band.columns).lazy.map { (band: band, row: $0 / band.columns, column: $0 % band.columns) }
    }
    return Array(all.prefix(count))
  }

  /// Names such as `level 2 horizontal (r,c)`.
  static func placeNames(_ bands: [WaveletBand], count: Int) -> [String] {
    places(bands, count: count).map { "\($0.band.name) (\($0.row),\($0.column))" }
  }
}
