internal import CKernels
internal import Tensors

/// How outputs are cut into tiles, tiles into blocks whose transforms stay in the processor's cache, and a batch into
/// groups of images: by the sizes alone.
///
/// Small images share a block, of a large one each block is a band of rows of tiles.
struct WinogradTiling: Sendable {
  /// The outputs along each side of a tile, m.
  let tile: Int
  /// The rows and columns of tiles of an image.
  let rows: Int
  let columns: Int
  /// The images of a group.
  let imagesOfGroup: Int
  /// The rows of tiles of a band.
  let rowsOfBand: Int
  /// The numbers from one row of a block's matrices to the next: its tiles, in whole vectors.
  let stride: Int

  /// Tiles an output.
  ///
  /// - Parameters:
  ///   - shape: The sizes.
  ///   - tile: m, 2 or 4.
  init(_ shape: ConvolutionShape, tile: Int) {
    self.tile = tile
    rows = (shape.outputHeight + tile - 1) / tile
    columns = (shape.outputWidth + tile - 1) / tile
    let area = (tile + 2) * (tile + 2)
    let tiles = max(64, (1 << 18) / (area * (shape.inputChannels + shape.outputChannels)))
    imagesOfGroup = max(1, tiles / (rows * columns))
    rowsOfBand = imagesOfGroup > 1 ? rows : min(rows, max(1, tiles / columns))
    stride = (imagesOfGroup * rowsOfBand * columns + 15) & ~15
  }

  /// The bands of an image.
  var bandCount: Int { (rows + rowsOfBand - 1) / rowsOfBand }

  /// The groups of so many images.
  func groupCount(images: Int) -> Int { (images + imagesOfGroup - 1) / imagesOfGroup }

  /// The images of a group.
  func group(_ index: Int, of images: Int) -> Range<Int> {
    index * imagesOfGroup..<min((index + 1) * imagesOfGroup, images)
  }

  /// A band of a group of images, of planes that lie as described.
  func tiles(
    band: Int, images: Int, channels: Int, imageStride: Int, planeStride: Int, rowStride: Int
  ) -> winograd_tiles {
    winograd_tiles(
      tile: tile, images: images, rows: min(rowsOfBand, rows - band * rowsOfBand), columns: columns,
      channels: channels, image_stride: imageStride, plane_stride: planeStride, row_stride: rowStride, stride: stride)
  }
}
