/// How the outputs of a batch are divided for the sums of a bank's gradient, by their number and shape alone: into parts by
/// images and, where these are few, by bands of rows; and each part into blocks that stay in the processor's cache.
struct GradientPartition {
  private static var mostParts: Int { 16 }
  private static var smallestBand: Int { 16 }
  /// The numbers of a block of rows, for the second cache, and of a block of several images, for the first.
  private static var blockCounts: (rows: Int, images: Int) { (1 << 16, 1 << 14) }

  private let images: Int
  private let height: Int
  private let imagesOfPart: Int
  private let bands: Int
  /// The most images of a block.
  let imagesOfBlock: Int
  /// The most rows of outputs of a block.
  let rowsOfBlock: Int

  /// Divides outputs.
  ///
  /// - Parameters:
  ///   - images: The number of images.
  ///   - height: The rows of each image's outputs.
  ///   - rowCount: The numbers that are read for one row.
  init(images: Int, height: Int, rowCount: Int) {
    self.images = images
    self.height = height
    imagesOfPart = (images + Self.mostParts - 1) / Self.mostParts
    bands = max(1, min(Self.mostParts / images, height / Self.smallestBand))
    imagesOfBlock = max(1, min(imagesOfPart, Self.blockCounts.images / (rowCount * height)))
    rowsOfBlock = min(height, max(Self.smallestBand, Self.blockCounts.rows / rowCount))
  }

  /// The number of parts.
  var count: Int { (images + imagesOfPart - 1) / imagesOfPart * bands }

  /// Calls `body` for each block of a part.
  func forEachBlock(of part: Int, _ body: (_ images: Range<Int>, _ rows: Range<Int>) -> Void) {
    let (first, band) = (part / bands * imagesOfPart, part % bands)
    let (last, end) = (min(first + imagesOfPart, images), height * (band + 1) / bands)
    for row in stride(from: height * band / bands, to: end, by: rowsOfBlock) {
      for image in stride(from: first, to: last, by: imagesOfBlock) {
        body(image..<min(image + imagesOfBlock, last), row..<min(row + rowsOfBlock, end))
      }
    }
  }
}
