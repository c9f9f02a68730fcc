/// Pieces of one memory that lie apart where their lifetimes overlap; every piece starts on a cache line.
struct Arena: Sendable {
  /// A piece: its numbers, and from when to when they are needed.
  struct Piece {
    let count: Int
    let lifetime: ClosedRange<Int>
  }

  /// Where each piece starts.
  let starts: [Int]
  /// The numbers of the whole memory.
  let count: Int

  /// Places the largest pieces first, each in the first gap that holds it.
  init(_ pieces: [Piece]) {
    var starts = [Int](repeating: 0, count: pieces.count)
    var placed: [Int] = []
    func end(_ piece: Int) -> Int { starts[piece] + (pieces[piece].count + 15) / 16 * 16 }
    for piece in pieces.indices.sorted(by: { (pieces[$0].count, $1) > (pieces[$1].count, $0) }) {
      let others = placed.filter { pieces[$0].lifetime.overlaps(pieces[piece].lifetime) }
      for other in others.sorted(by: { starts[$0] < starts[$1] }) {
        if end(piece) <= starts[other] { break }
        starts[piece] = max(starts[piece], end(other))
      }
      placed.append(piece)
    }
    self.starts = starts
    count = pieces.indices.map(end).max() ?? 0
  }
}
