/// Where the tiles of an ``ImageGrid`` stand.
struct GridLayout: Equatable, Sendable {
  let tileHeight: Int
  let tileWidth: Int
  /// The tiles in a full row.
  let columns: Int
  /// The pixels of a sample's side.
  let enlargement: Int
  /// The pixels of paper between two framed tiles, and at the border.
  let gutter: Int

  /// The pixels of the line round a tile.
  static let frame = 1

  /// The first row of tiles of each group, and at the end the number of rows.
  private let firstRows: [Int]

  private static let largestSide = 1000

  init(groupSizes: [Int], tileHeight: Int, tileWidth: Int, columns: Int?, enlargement: Int?) {
    let columns = columns ?? Self.columns(groupSizes, tileHeight: tileHeight, tileWidth: tileWidth)
    let rows = groupSizes.reduce(into: [0]) { $0.append($0.last! + ($1 + columns - 1) / columns) }
    func layout(_ enlargement: Int) -> GridLayout {
      GridLayout(
        tileHeight: tileHeight, tileWidth: tileWidth, columns: columns, enlargement: enlargement, firstRows: rows)
    }
    let largest = Self.largestSide / max(1, max(tileWidth * columns, tileHeight * rows.last!))
    let fitting = stride(from: largest, to: 1, by: -1).first {
      max(layout($0).width, layout($0).height) <= Self.largestSide
    }
    self = layout(enlargement ?? fitting ?? 1)
  }

  private init(tileHeight: Int, tileWidth: Int, columns: Int, enlargement: Int, firstRows: [Int]) {
    self.tileHeight = tileHeight
    self.tileWidth = tileWidth
    self.columns = columns
    self.enlargement = enlargement
    self.firstRows = firstRows
    gutter = min(8, max(2, 3 * enlargement / 4))
  }

  /// The pixels of the picture from left to right.
  var width: Int { columns * columnPitch + gutter }

  /// The pixels of the picture from top to bottom.
  var height: Int {
    let lastGroup = zip(firstRows, firstRows.dropFirst()).map(<).lastIndex(of: true)!
    return top(ofRow: firstRows.last!, group: lastGroup)
  }

  private var columnPitch: Int { tileWidth * enlargement + 2 * Self.frame + gutter }

  private var rowPitch: Int { tileHeight * enlargement + 2 * Self.frame + gutter }

  /// The top left pixel of a tile, inside its frame.
  func origin(_ group: Int, _ index: Int) -> (row: Int, column: Int) {
    (
      top(ofRow: firstRows[group] + index / columns, group: group) + Self.frame,
      gutter + index % columns * columnPitch + Self.frame
    )
  }

  private func top(ofRow row: Int, group: Int) -> Int {
    let wideGaps = zip(firstRows[..<group], firstRows[1...]).count { $0 < $1 }
    return gutter + row * rowPitch + wideGaps * 2 * gutter
  }

  /// The columns of a nearly square picture, a little wider than high, if possible without a gap at its end.
  private static func columns(_ groupSizes: [Int], tileHeight: Int, tileWidth: Int) -> Int {
    guard groupSizes.count == 1, let count = groupSizes.first else { return max(1, groupSizes.max() ?? 1) }
    let square = (Double(count * tileHeight) / Double(tileWidth)).squareRoot()
    let nearest = min(count, max(1, Int(square.rounded(.up))))
    let widest = min(count, max(nearest, Int((1.6 * square).rounded())))
    return (nearest...widest).first { count.isMultiple(of: $0) } ?? nearest
  }
}
