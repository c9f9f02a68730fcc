extension TransformWisdom {
  /// The rows and columns that tiles consist of.
  static var rowsOfTiles: [TransformRequest] {
    TileLength.measured.map { TransformRequest(.forward, sizes: [$0.count]) }
  }

  /// Longer rows, and the planes of small images.
  static var longRowsAndPlanes: [TransformRequest] {
    let rows = TileLength.long.map(\.count).filter { $0 <= 1 << 16 }
    let sides = [8, 10, 12, 15, 16, 18, 20, 24, 25, 27, 30, 32, 36, 40, 45, 48, 54, 60, 64, 72, 80, 90, 96, 128]
    let kinds = [TransformRequest.Kind.realForward, .realBackward]
    return rows.map { TransformRequest(.forward, sizes: [$0]) }
      + sides.flatMap { side in kinds.map { TransformRequest($0, sizes: [side, side]) } }
  }
}
