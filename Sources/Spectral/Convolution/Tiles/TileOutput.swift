internal import CKernels
internal import Tensors

/// Where the outputs of a unit's lines lie in a plane.
struct TileOutput<S: SpectralScalar> {
  typealias Outputs = UnsafeMutableBufferPointer<S>

  /// The least size of all outputs that go past the caches, in which they would not stay, in bytes.
  private static var leastStreamed: Int { 8 << 20 }

  /// The first outputs: those of a tile's first wanted line, or of the first of two tiles of one row.
  private let first: Outputs
  /// Those of the second tile of one row.
  private let second: Outputs?
  private let isTile: Bool
  /// From one row of outputs to the next.
  private let pitch: Int
  /// The lines from one with outputs to the next.
  private let stride: Int
  /// Where the first output of a line lies, and from there the next, in numbers of a transformed line.
  private let (start, step): (Int, Int)
  private let streams: Bool
  /// The lines between the first that holds outputs and the last.
  let wanted: Range<Int>

  /// - Parameters:
  ///   - plane: The outputs.
  ///   - places: The places of the unit's lines.
  ///   - rows: The axis from row to row.
  ///   - columns: The axis along a row.
  ///   - count: How many outputs there are of all planes.
  init(
    _ plane: UnsafeMutablePointer<S>, _ places: TilePlaces, _ rows: TileAxis, _ columns: TileAxis, ofAll count: Int
  ) {
    func outputs(_ place: TilePlace) -> Outputs {
      let range = columns.outputs(of: place.column)
      let start = rows.outputs(of: place.row).lowerBound * columns.outputs + range.lowerBound
      return Outputs(start: plane + start, count: range.count)
    }
    first = outputs(places.first)
    switch places {
    case .tile(let place):
      (isTile, second) = (true, nil)
      wanted = rows.firstValid..<rows.firstValid + (rows.outputs(of: place.row).count - 1) * rows.stride + 1
    case .rows(_, let place):
      (isTile, second) = (false, place.map(outputs))
      wanted = 0..<2
    }
    (pitch, stride) = (columns.outputs, rows.stride)
    (start, step) = (2 * columns.firstValid, 2 * columns.stride)
    streams = columns.stride == 1 && count * MemoryLayout<S>.stride >= Self.leastStreamed
  }

  /// The outputs of a line, if it has any.
  @inline(__always)
  private func outputs(_ line: Int) -> Outputs? {
    guard isTile else { return line == 0 ? first : second }
    guard wanted.contains(line) else { return nil }
    let index = line - wanted.lowerBound
    let (row, rest) = stride == 1 ? (index, 0) : index.quotientAndRemainder(dividingBy: stride)
    return rest == 0 ? Outputs(start: first.baseAddress! + row * pitch, count: first.count) : nil
  }

  /// Writes the outputs of a line, whose numbers are 2 apart.
  @inline(__always)
  func write(_ line: Int, _ source: UnsafePointer<S>, _ loops: TileLoops<S>) {
    guard let outputs = outputs(line) else { return }
    loops.pick(outputs.count, source + start, step, streams ? 1 : 0, outputs.baseAddress!)
  }

  /// Makes what was written visible to all threads.
  func finish() {
    if streams { kernel_finish_streams() }
  }

  /// Asks for the memory of a line, whose outputs are written soon; for its ends alone, which neighbours share, where the
  /// rest goes past the caches.
  @inline(__always)
  func claim(_ line: Int) {
    guard isTile, let outputs = outputs(line) else { return }
    let memory = UnsafeMutableRawBufferPointer(outputs)
    if streams {
      memory.baseAddress!.claim(byteCount: 1)
      (memory.baseAddress! + memory.count - 1).claim(byteCount: 1)
    } else {
      memory.baseAddress!.claim(byteCount: memory.count)
    }
  }

  /// Asks for some of the first lines.
  @inline(__always)
  func claimFirst(_ lines: Range<Int>) {
    for line in lines { claim(wanted.lowerBound + line) }
  }
}
