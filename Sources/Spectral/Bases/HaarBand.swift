/// The Haar atoms of one scale and one orientation, which lie on a grid of blocks.
struct HaarBand: Sendable {
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
  static func pyramid(height: Int, width: Int) -> [HaarBand] {
    var (rows, columns, level) = (height, width, 0)
    var details: [HaarBand] = []
    while rows.isMultiple(of: 2) || columns.isMultiple(of: 2) {
      let (halvesY, halvesX) = (rows.isMultiple(of: 2), columns.isMultiple(of: 2))
      level += 1
      rows /= halvesY ? 2 : 1
      columns /= halvesX ? 2 : 1
      let orientations = [(true, false), (false, true), (true, true)].filter { y, x in
        (halvesY || !y) && (halvesX || !x)
      }
      let bands = orientations.map { y, x in
        HaarBand(rows: rows, columns: columns, changesAlongY: y, changesAlongX: x, level: level)
      }
      details.insert(contentsOf: bands, at: 0)
    }
    return [HaarBand(rows: rows, columns: columns, changesAlongY: false, changesAlongX: false, level: level)] + details
  }
}
