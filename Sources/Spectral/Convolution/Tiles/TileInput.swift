internal import Tensors

/// Where the samples of a unit's lines lie in a plane.
struct TileInput<S: SpectralScalar> {
  private let plane: UnsafePointer<S>
  private let places: TilePlaces
  private let rows: TileAxis
  private let columns: TileAxis
  /// What lies under a tile from left to right; `nil` for tiles of one row.
  private let span: TileSpan?
  /// The lines that lie in the plane one under the other.
  private let straight: Range<Int>
  /// Where the samples of line 0 would lie there, outside of the plane if need be.
  private let origin: Int

  /// - Parameters:
  ///   - plane: The samples.
  ///   - places: The places of the unit's lines.
  ///   - rows: The axis from row to row.
  ///   - columns: The axis along a row.
  @inline(__always)
  init(_ plane: UnsafePointer<S>, _ places: TilePlaces, _ rows: TileAxis, _ columns: TileAxis) {
    (self.plane, self.places, self.rows, self.columns) = (plane, places, rows, columns)
    guard case .tile(let place) = places else {
      (span, straight, origin) = (nil, 0..<0, 0)
      return
    }
    let span = columns.span(under: place.column)
    self.span = span
    straight = rows.straight(under: place.row)
    origin = (rows.origin(of: place.row) - rows.before) * columns.samples + span.samples.lowerBound
  }

  /// The places of a line that samples lie under; anything but zeros lies nowhere else.
  @inline(__always)
  var filled: Range<Int> { span?.places ?? 0..<columns.filled }

  /// The samples of a line, perhaps collected in memory; `nil` for zeros.
  @inline(__always)
  func samples(_ line: Int, _ memory: UnsafeMutablePointer<S>) -> UnsafePointer<S>? {
    if straight.contains(line), span?.places != nil { return plane + (origin + line * columns.samples) }
    guard let place = places[line], let row = rows.source(of: rows.origin(of: place.row) + place.line) else {
      return nil
    }
    let samples = plane + row * columns.samples
    guard let span, span.places != nil else { return columns.samples(of: samples, under: place.column, memory) }
    return samples + span.samples.lowerBound
  }

  /// Asks for a line, whose samples are wanted soon.
  @inline(__always)
  func fetch(_ line: Int) {
    guard let span, straight.contains(line) else { return }
    UnsafeRawPointer(plane + (origin + line * columns.samples))
      .fetch(byteCount: span.samples.count * MemoryLayout<S>.stride)
  }

  /// Asks for some of the first lines.
  @inline(__always)
  func fetchFirst(_ lines: Range<Int>) {
    for line in lines { fetch(straight.lowerBound + line) }
  }
}
