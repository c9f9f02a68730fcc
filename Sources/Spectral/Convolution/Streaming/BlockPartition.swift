/// The division of outputs `[N, Ho, Wo]` into blocks of one size, cut off at the ends.
struct BlockPartition: Sendable, Equatable {
  /// The outputs of one block.
  struct Block: Equatable {
    /// Which images.
    let images: Range<Int>
    /// Which rows of each output.
    let rows: Range<Int>
    /// Which columns of each row.
    let columns: Range<Int>
  }

  /// N, the images.
  let images: Int
  /// Ho, the rows of an output.
  let height: Int
  /// Wo, the columns of an output.
  let width: Int
  /// The images of a block; more than one only where blocks hold whole images.
  let blockImages: Int
  /// The rows of a block.
  let blockHeight: Int
  /// The columns of a block.
  let blockWidth: Int

  /// The number of blocks.
  var count: Int { images == 0 ? 0 : imageBlocks * rowBlocks * columnBlocks }

  /// The outputs of a block; image after image, row of blocks after row of blocks.
  subscript(index: Int) -> Block {
    let (row, column) = (index / columnBlocks % rowBlocks, index % columnBlocks)
    return Block(
      images: part(index / columnBlocks / rowBlocks, of: images, blockImages), rows: part(row, of: height, blockHeight),
      columns: part(column, of: width, blockWidth))
  }

  private var imageBlocks: Int { quotient(images, blockImages) }
  private var rowBlocks: Int { quotient(height, blockHeight) }
  private var columnBlocks: Int { quotient(width, blockWidth) }

  private func part(_ index: Int, of count: Int, _ size: Int) -> Range<Int> {
    index * size..<min((index + 1) * size, count)
  }
}

extension BlockPartition {
  /// Divisions to choose from: equal parts of rows and columns in numbers that grow by about a half, and groups of
  /// whole images.
  static func candidates(images: Int, height: Int, width: Int) -> [BlockPartition] {
    let groups = sizes(of: images).map { (images: $0, height: height, width: width) }
    let parts = sizes(of: height).flatMap { rows in sizes(of: width).map { (images: 1, height: rows, width: $0) } }
    return (groups + parts).map {
      BlockPartition(
        images: images, height: height, width: width, blockImages: $0.images, blockHeight: $0.height,
        blockWidth: $0.width)
    }
  }

  /// The sizes of ever smaller equal parts of an axis, the axis itself first and 1 last.
  private static func sizes(of count: Int) -> [Int] {
    var (sizes, parts) = ([max(1, count)], 1)
    while sizes.last! > 1 {
      parts = parts == 1 ? 2 : parts.nonzeroBitCount == 1 ? parts / 2 * 3 : parts / 3 * 4
      let size = quotient(count, parts)
      if size < sizes.last! { sizes.append(size) }
    }
    return sizes
  }
}

/// The number of parts of a size that cover so many places.
private func quotient(_ count: Int, _ size: Int) -> Int { (count + size - 1) / size }
