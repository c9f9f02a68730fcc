public import Tensors

/// Domains: squares that are bright or dark, on three grids whose cells halve from one to the next.
///
/// The image is the sum of grids of 2×2, 4×4 and 8×8 cells; each cell is bright or dark by chance. On the two finer
/// grids each class has four cells of its own at each scale that are bright more often than dark.
public struct Mosaics: SyntheticFamily {
  /// The contrast ±c of a cell on each grid.
  public var contrast = 0.2
  /// The probability that a cell of the class's own is bright; every other cell is with probability ½.
  public var reliability = 0.9

  /// The family with its default parameters.
  public init() {}

  /// `mosaics`.
  public static let name = "mosaics"
  /// Haar should win.
  public static let hypothesis =
    "the classes differ in piecewise constant patches at dyadic places and scales, so the first Haar atoms should beat "
    + "every other fixed model and every learned one."
  /// What the images show.
  public static let summary = "Square domains, bright or dark by chance, at three dyadic scales."
  /// The four sets of cells.
  public static let classes = ["A", "B", "C", "D"]

  /// The numbers that can be set.
  public static let parameters: [Parameter<Mosaics>] = [
    Parameter("contrast", unit: "1", in: 0...0.33, \.contrast, "contrast of a cell, bright or dark, on each grid"),
    Parameter(
      "reliability", unit: "1", in: 0.5...1, \.reliability, "probability that a cell of the class's own is bright"),
  ]

  /// Draws the three grids.
  public func draw(label: Int, into scene: inout Scene, from stream: inout RandomStream) {
    for cells in [2, 4, 8] {
      let places = scene.coordinates.map { Int(($0.centre * Double(cells) / Double(scene.size)).rounded(.down)) }
      let (first, last) = (places[0], places[places.count - 1])
      let width = last - first + 1
      let values = (0..<width * width).map { index in
        let isOwn = Self.owns(label, row: first + index / width, column: first + index % width, cells: cells)
        return stream.uniform() < (isOwn ? reliability : 0.5) ? contrast : -contrast
      }
      let margin = scene.margin
      scene.add { row, column in values[(places[row + margin] - first) * width + places[column + margin] - first] }
    }
  }

  /// Whether a cell is one of the four that a class has on the grid of 4×4, or on that of 8×8 cells.
  package static func owns(_ label: Int, row: Int, column: Int, cells: Int) -> Bool {
    guard (0..<cells).contains(row) && (0..<cells).contains(column) else { return false }
    switch cells {
    case 4: return (row + 2 * column) % 4 == label
    case 8: return (row + 3 * column) % 16 == 4 * label
    default: return false
    }
  }
}
