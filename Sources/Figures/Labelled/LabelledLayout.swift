import Foundation
import Tensors

/// Where everything in a ``LabelledGrid`` stands, in pixels from the top left.
///
/// Groups stand beside each other as long as a line of `columns` tiles has room for them.
struct LabelledLayout: Equatable, Sendable {
  /// The size of all tiles, in samples.
  let tileHeight: Int
  let tileWidth: Int
  /// The pixels of a sample's side.
  let enlargement: Int
  let hasCompanions: Bool
  let columns: Int
  let width: Int
  let height: Int

  private let blocks: [Block]
  private let rowPitch: Int
  private let headingHeight: Int
  private let tileCount: Int
  /// The tiles that the lines have room for.
  private let placeCount: Int

  /// Where a group stands and how many of its tiles stand in a row.
  private struct Block: Equatable {
    let top: Int
    let firstColumn: Int
    let columns: Int
  }

  static let margin = 36
  static let gap = 22
  static let companionGap = 4
  static let titleHeight = 92
  /// How much wider than its tile a caption may be.
  static let captionOverhang = 10
  static let legendHeight = 70
  static let captionSize = 17
  static let captionLine = 21

  private static let headingHeight = 42
  /// The side of a tile that is aimed at.
  private static let wantedSide = 144
  private static let wantedAspect = 1.5
  /// What title and legend need, without and with companions.
  private static let smallestWidth = (640, 1000)

  init(_ groups: [LabelledGrid.Group], columns: Int?) {
    let candidates =
      columns.map { [$0] } ?? Array(1...max(1, min(groups.reduce(0) { $0 + $1.captions.count }, 64)))
    let layouts = candidates.map { LabelledLayout(groups, inColumns: $0) }
    self = layouts.min { $0.ugliness < $1.ugliness }!
  }

  private init(_ groups: [LabelledGrid.Group], inColumns columns: Int) {
    let shape = groups[0].tiles.shape
    tileHeight = shape[1]
    tileWidth = shape[2]
    enlargement = max(1, Int((Double(Self.wantedSide) / Double(max(shape[1], shape[2]))).rounded()))
    hasCompanions = groups.contains { $0.companions != nil }
    let tile = shape[2] * enlargement
    let cell = hasCompanions ? 2 * tile + Self.companionGap : tile
    let captionLines =
      groups.flatMap(\.captions).map { Self.lines($0, width: cell + Self.captionOverhang).count }.max() ?? 1
    let rowPitch = shape[1] * enlargement + captionLines * Self.captionLine + Self.gap - 4
    headingHeight = groups.contains { !$0.heading.isEmpty } ? Self.headingHeight : 0
    let sizes = groups.map(\.captions.count)
    let (blocks, bottom) = Self.flow(sizes, columns, rowPitch, headingHeight)
    tileCount = sizes.reduce(0, +)
    let lines = Dictionary(grouping: zip(blocks, sizes), by: \.0.top).values
    placeCount = lines.reduce(0) { $0 + columns * ($1.map { ($0.1 + $0.0.columns - 1) / $0.0.columns }.max() ?? 0) }
    self.rowPitch = rowPitch
    self.blocks = blocks
    self.columns = columns
    let used = blocks.map { $0.firstColumn + $0.columns }.max() ?? 1
    let smallest = hasCompanions ? Self.smallestWidth.1 : Self.smallestWidth.0
    width = max(smallest, 2 * Self.margin + used * (cell + Self.gap) - Self.gap)
    height = bottom + Self.legendHeight
  }

  /// Groups from left to right, each beginning a new line when it has no room.
  private static func flow(
    _ sizes: [Int], _ columns: Int, _ rowPitch: Int, _ headingHeight: Int
  ) -> (blocks: [Block], bottom: Int) {
    var blocks: [Block] = []
    var (top, bottom, column) = (titleHeight, titleHeight, 0)
    for size in sizes {
      let blockColumns = max(1, min(size, columns))
      if column + blockColumns > columns { (top, column) = (bottom, 0) }
      blocks.append(Block(top: top, firstColumn: column, columns: blockColumns))
      column += blockColumns
      bottom = max(bottom, top + headingHeight + (size + blockColumns - 1) / blockColumns * rowPitch)
    }
    return (blocks, bottom)
  }

  /// How far the picture is from the shape that is aimed at, and its lines from being full.
  private var ugliness: Double {
    let aspect = abs(Foundation.log(Double(width) / Double(height) / Self.wantedAspect))
    return aspect + 0.8 * (1 - Double(tileCount) / Double(placeCount))
  }

  /// The pixels of a tile with its companion.
  var cellWidth: Int {
    hasCompanions ? 2 * tileWidth * enlargement + Self.companionGap : tileWidth * enlargement
  }

  /// From a tile to its companion.
  var companionOffset: Int { tileWidth * enlargement + Self.companionGap }

  /// The top left pixel of a tile.
  func origin(_ group: Int, _ index: Int) -> (row: Int, column: Int) {
    let block = blocks[group]
    return (
      block.top + headingHeight + index / block.columns * rowPitch,
      Self.margin + (block.firstColumn + index % block.columns) * (cellWidth + Self.gap)
    )
  }

  /// The left end of a group's heading, halfway up.
  func headingPlace(_ group: Int) -> (row: Int, column: Int) {
    (blocks[group].top + headingHeight / 2 - 2, origin(group, 0).column)
  }

  /// A text in lines of at most so many pixels, broken between words.
  static func lines(_ text: String, width: Int) -> [String] {
    // A letter of Helvetica is 0.56 of its size wide on average.
    let letters = max(1, width * 100 / (56 * captionSize))
    return text.split(separator: " ").reduce(into: [String]()) { lines, word in
      if let last = lines.last, last.count + 1 + word.count <= letters {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
  }
}
