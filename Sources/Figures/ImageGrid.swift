import Foundation
import Tensors

/// Many small images in one picture: atoms, learned filters, samples of a data set.
///
/// Tiles stand in rows on white paper, each with a thin gray frame, enlarged by a whole factor without interpolation. Tiles may come in groups,
/// one class each; a group begins a new row and stands a little apart.
public struct ImageGrid: Sendable {
  /// How numbers become colours.
  public enum Shading: Sendable {
    /// Blue to red, with zero white and each tile's largest magnitude at the ends: every tile uses the whole scale.
    case signedPerTile
    /// Blue to red, with zero white and the largest magnitude of all tiles at the ends: tiles can be compared.
    case signed
    /// Gray, 0 black and 1 white.
    case brightness
  }

  let groups: [Tensor<Double>]
  let shading: Shading
  let layout: GridLayout

  /// Lays out tiles in one group.
  ///
  /// - Parameters:
  ///   - tiles: `[M, H, W]`, at least one tile of at least one sample.
  ///   - shading: How numbers become colours.
  ///   - columns: How many tiles stand in a row; chosen for a nearly square picture when left out.
  ///   - enlargement: The pixels of a sample's side; chosen for a picture of at most 1000 pixels when left out.
  public init<S: Scalar>(_ tiles: Tensor<S>, shading: Shading, columns: Int? = nil, enlargement: Int? = nil) {
    self.init(groups: [tiles], shading: shading, columns: columns, enlargement: enlargement)
  }

  /// Lays out tiles in groups, each beginning a new row.
  ///
  /// - Parameters:
  ///   - groups: `[Mᵢ, H, W]` each, with the same H and W and at least one tile in all; a group may be empty.
  ///   - shading: How numbers become colours.
  ///   - columns: How many tiles stand in a row; the largest group when left out, or for a single group a nearly square
  ///     picture.
  ///   - enlargement: The pixels of a sample's side; chosen for a picture of at most 1000 pixels when left out.
  public init<S: Scalar>(groups: [Tensor<S>], shading: Shading, columns: Int? = nil, enlargement: Int? = nil) {
    let shapes = groups.map(\.shape)
    precondition(
      shapes.allSatisfy { $0.count == 3 && $0.dropFirst() == shapes[0].dropFirst() }
        && groups.contains { $0.count > 0 },
      "expected tiles [M, H, W] of one size, got shapes \(shapes)")
    precondition((columns ?? 1) >= 1 && (enlargement ?? 1) >= 1, "expected columns and enlargement of at least 1")
    self.groups = groups.map { $0.map { Double($0) } }
    self.shading = shading
    layout = GridLayout(
      groupSizes: shapes.map { $0[0] }, tileHeight: shapes[0][1], tileWidth: shapes[0][2], columns: columns,
      enlargement: enlargement)
  }

  /// Paints the picture.
  public func render() -> RGBImage {
    var picture = RGBImage(height: layout.height, width: layout.width, filledWith: Self.paper)
    let common = shading == .signed ? Shading.magnitude(groups.flatMap(\.elements)) : 0
    for (group, tiles) in groups.enumerated() {
      for index in 0..<tiles.shape[0] {
        paint(
          tiles[rows: index..<index + 1].elements, at: layout.origin(group, index), commonMagnitude: common, &picture)
      }
    }
    return picture
  }

  /// Writes the picture as PNG; the file appears complete or not at all.
  ///
  /// - Parameter url: The file, which is replaced where it exists.
  /// - Throws: `InputError` where it cannot be written.
  public func write(to url: URL) throws { try render().write(to: url) }

  private static let paper = RGBColor(hexadecimal: 0xFFFFFF)
  private static let line = RGBColor(hexadecimal: 0x909090)

  private func paint(
    _ samples: [Double], at origin: (row: Int, column: Int), commonMagnitude: Double, _ picture: inout RGBImage
  ) {
    let (size, frame) = (layout.enlargement, GridLayout.frame)
    let (height, width) = (layout.tileHeight * size, layout.tileWidth * size)
    picture.fill(
      rows: origin.row - frame..<origin.row + height + frame,
      columns: origin.column - frame..<origin.column + width + frame, with: Self.line)
    let color = shading.coloring(samples, commonMagnitude)
    for (index, sample) in samples.enumerated() {
      let row = origin.row + index / layout.tileWidth * size
      let column = origin.column + index % layout.tileWidth * size
      picture.fill(rows: row..<row + size, columns: column..<column + size, with: color(sample))
    }
  }
}

extension ImageGrid.Shading {
  /// The colour of each number of a tile.
  ///
  /// - Parameters:
  ///   - samples: The tile.
  ///   - commonMagnitude: The largest magnitude of all tiles, which ``signed`` needs.
  /// - Returns: Number to colour.
  func coloring(_ samples: [Double], _ commonMagnitude: Double = 0) -> (Double) -> RGBColor {
    switch self {
    case .brightness: return ColorMap.gray.color(at:)
    case .signed, .signedPerTile:
      let magnitude = self == .signed ? commonMagnitude : Self.magnitude(samples)
      return { ColorMap.redBlue.color(at: magnitude > 0 ? 0.5 + 0.5 * ($0 / magnitude) : $0.isNaN ? .nan : 0.5) }
    }
  }

  /// The largest finite magnitude, 0 where there is none.
  static func magnitude(_ samples: [Double]) -> Double {
    samples.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
  }
}
