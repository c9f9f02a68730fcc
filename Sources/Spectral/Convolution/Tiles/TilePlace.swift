/// A line of a tile.
struct TilePlace {
  /// The tile's place among the others.
  let row: Int
  let column: Int
  /// The row of the tile.
  var line: Int
}

/// The lines of a unit: the rows of one tile, or two tiles of one row, of which the second may be missing.
enum TilePlaces {
  case tile(TilePlace)
  case rows(TilePlace, TilePlace?)

  /// The place of the first line.
  var first: TilePlace {
    switch self {
    case .tile(let place), .rows(let place, _): place
    }
  }

  /// The place of a line; `nil` where there is no other tile.
  subscript(line: Int) -> TilePlace? {
    switch self {
    case .tile(let place): TilePlace(row: place.row, column: place.column, line: line)
    case .rows(let first, let second): line == 0 ? first : second
    }
  }
}

/// What lies under a tile on one axis.
struct TileSpan {
  /// The samples under the tile themselves.
  let samples: Range<Int>
  /// Where on the tile they lie; `nil` where they are spread, or anything but zeros lies beside them.
  let places: Range<Int>?
}
