internal import CKernels
internal import Tensors

/// The planes of images, or of outputs, as tiles see them: extended to whole tiles, unless they are that already.
struct TiledPlanes<S: SpectralScalar>: Sendable {
  private let tiling: WinogradTiling
  private let channels: Int
  private let planeCount: Int
  private let width: Int
  private let whole: Extension<S>?

  /// The images of a convolution: each tile of outputs sees (m + 2)² samples of the extended image.
  init(imagesOf shape: ConvolutionShape, _ boundary: Boundary, _ tiling: WinogradTiling) throws(InputError) {
    let (height, width) = (tiling.rows * tiling.tile + 2, tiling.columns * tiling.tile + 2)
    var padding = shape.padding
    padding.bottom = height - shape.inputHeight - padding.top
    padding.right = width - shape.inputWidth - padding.left
    let extended = try ConvolutionShape(
      inputChannels: shape.inputChannels, inputHeight: shape.inputHeight, inputWidth: shape.inputWidth,
      kernelHeight: 3, kernelWidth: 3, padding: padding)
    self.tiling = tiling
    self.width = width
    channels = shape.inputChannels
    planeCount = height * width
    whole = padding == Padding(0) ? nil : Extension(extended, boundary)
  }

  /// The outputs of a convolution, with zeros after them.
  init(outputsOf shape: ConvolutionShape, _ tiling: WinogradTiling) throws(InputError) {
    let (height, width) = (tiling.rows * tiling.tile, tiling.columns * tiling.tile)
    let padding = Padding(
      top: 0, bottom: height - shape.outputHeight, left: 0, right: width - shape.outputWidth)
    let extended = try ConvolutionShape(
      inputChannels: shape.outputChannels, inputHeight: shape.outputHeight, inputWidth: shape.outputWidth,
      kernelHeight: 1, kernelWidth: 1, padding: padding)
    self.tiling = tiling
    self.width = width
    channels = shape.outputChannels
    planeCount = height * width
    whole = padding == Padding(0) ? nil : Extension(extended, .zero)
  }

  /// The numbers of scratch memory of a group of images.
  var scratchCount: Int { tiling.imagesOfGroup * (whole?.count ?? 0) }
  /// The numbers of a block's matrices.
  var matrixCount: Int { (tiling.tile + 2) * (tiling.tile + 2) * channels * tiling.stride }

  /// The tiles of a band of images that are so many numbers apart where they are not extended.
  func tiles(band: Int, images: Int, imageStride: Int) -> winograd_tiles {
    tiling.tiles(
      band: band, images: images, channels: channels, imageStride: whole?.count ?? imageStride, planeStride: planeCount,
      rowStride: width)
  }

  /// The first sample of a band.
  func offset(band: Int) -> Int { band * tiling.rowsOfBand * tiling.tile * width }

  /// Extends images where that is needed.
  ///
  /// - Returns: Where tiles read.
  func extended(_ images: ImageBatch<S>, _ scratch: UnsafeMutablePointer<S>) -> UnsafePointer<S> {
    guard let whole else { return images.base }
    whole.extend(images, into: scratch)
    return UnsafePointer(scratch)
  }

  /// Where tiles write, which is filled with zeros where they add.
  func target(
    _ images: MutableImageBatch<S>, _ scratch: UnsafeMutablePointer<S>, clears: Bool
  ) -> UnsafeMutablePointer<S> {
    guard let whole else {
      if clears { for index in 0..<images.count { images[index].clear(count: channels * planeCount) } }
      return images.base
    }
    if clears { scratch.clear(count: images.count * whole.count) }
    return scratch
  }

  /// Takes what tiles wrote back to the images.
  func fold(_ scratch: UnsafePointer<S>, into images: MutableImageBatch<S>) {
    guard let whole else { return }
    for index in 0..<images.count { whole.fold(scratch + index * whole.count, into: images[index]) }
  }
}
