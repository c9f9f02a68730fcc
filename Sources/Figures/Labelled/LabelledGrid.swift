import Foundation
import Tensors

/// Small images with words: a title, headings, a caption under every tile, and a scale of colours.
///
/// Every tile has a colour scale of its own, from blue (negative) over white (zero) to red. A companion, such as the modulus of its
/// spectrum, may stand beside each in gray. gnuplot sets the words, as in charts; the tiles are exact squares.
public struct LabelledGrid: Sendable {
  /// Tiles that begin on a new line, under a heading.
  public struct Group: Sendable {
    /// What the tiles have in common; no line is kept for it in any group when all are empty.
    public let heading: String
    /// `[M, H, W]`.
    public let tiles: Tensor<Double>
    /// One for each tile; broken into lines where it is wider than the tile.
    public let captions: [String]
    /// `[M, H, W]`, not negative: shown beside the tiles.
    public let companions: Tensor<Double>?

    /// Describes tiles.
    ///
    /// - Parameters:
    ///   - heading: What they have in common.
    ///   - tiles: `[M, H, W]`, the same H and W in all groups.
    ///   - captions: M texts.
    ///   - companions: `[M, H, W]`, in all groups or in none.
    public init(heading: String = "", tiles: Tensor<Double>, captions: [String], companions: Tensor<Double>? = nil) {
      precondition(
        tiles.rank == 3 && captions.count == tiles.shape[0] && (companions?.shape ?? tiles.shape) == tiles.shape,
        "expected tiles [M, H, W] with M captions, got shape \(tiles.shape) and \(captions.count)")
      self.heading = heading
      self.tiles = tiles
      self.captions = captions
      self.companions = companions
    }
  }

  let title: String
  let remark: String
  let scaleName: String
  let companionName: String
  let groups: [Group]
  let layout: LabelledLayout

  /// Lays out tiles.
  ///
  /// - Parameters:
  ///   - title: What the picture shows.
  ///   - remark: A line under the title.
  ///   - scaleName: What the scale of colours says of the tiles.
  ///   - companionName: What the scale of gray says of the companions, where there are any.
  ///   - groups: At least one tile.
  ///   - columns: How many tiles stand in a row; chosen for a picture one and a half times as wide as high when left out.
  public init(
    title: String, remark: String, scaleName: String, companionName: String = "", groups: [Group], columns: Int? = nil
  ) {
    precondition(
      groups.contains { $0.tiles.shape[0] > 0 } && columns ?? 1 >= 1, "expected at least 1 tile and 1 column")
    self.title = title
    self.remark = remark
    self.scaleName = scaleName
    self.companionName = companionName
    self.groups = groups
    layout = LabelledLayout(groups, columns: columns)
  }

  /// Draws the picture; the file appears complete or not at all.
  ///
  /// - Parameter url: The file, .svg or .png, which is replaced where it exists.
  /// - Throws: `InputError` where gnuplot is missing or fails, or the file cannot be written.
  public func write(to url: URL) throws {
    try Gnuplot.write(to: url, files: [Self.pixelFile: Data(render().samples.elements)]) { script($0) }
  }

  static let pixelFile = "pixels"
}
