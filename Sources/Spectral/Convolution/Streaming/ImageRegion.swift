/// Some columns of some rows of some planes of images `[N, H, W]` or `[N, C, H, W]`; plane n·C + c is channel c of image n.
public struct ImageRegion: Hashable, Sendable {
  /// Which plane.
  public let plane: Int
  /// Which of its rows.
  public let rows: Range<Int>
  /// Which columns of them.
  public let columns: Range<Int>

  /// Creates a region.
  public init(plane: Int, rows: Range<Int>, columns: Range<Int>) {
    self.plane = plane
    self.rows = rows
    self.columns = columns
  }
}
