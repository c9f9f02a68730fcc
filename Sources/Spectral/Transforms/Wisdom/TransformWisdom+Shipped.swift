extension TransformWisdom {
  /// The blocks of rows that tiles are made of.
  static var blocksOfTiles: [TransformRequest] {
    TileLength.measured.map { RowTransform<Float>.request(count: $0.count, rows: 8) }
  }

  /// The rows of tiles of one row, which are also the last columns of others, and the planes of small images.
  static var rowsAndPlanes: [TransformRequest] {
    let rows = TileLength.all.map(\.count).filter { $0 <= 1 << 16 }
    let sides = [8, 10, 12, 15, 16, 18, 20, 24, 25, 27, 30, 32, 36, 40, 45, 48, 54, 60, 64, 72, 80, 90, 96, 128]
    let kinds = [TransformRequest.Kind.realForward, .realBackward]
    return rows.map { RowTransform<Float>.request(count: $0, rows: 1) }
      + sides.flatMap { side in kinds.map { TransformRequest($0, sizes: [side, side]) } }
  }
}
