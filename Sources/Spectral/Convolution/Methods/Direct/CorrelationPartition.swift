internal import Tensors

/// How a direct correlation is divided among threads, by its sizes alone: into parts of some images and a band of rows.
struct CorrelationPartition: Sendable {
  /// About the multiply-adds of a part, some microseconds of one core.
  private static let workOfPart = 1 << 20
  /// The multiply-adds from which waking other threads pays.
  static let smallestSharedWork = 1 << 20

  /// The rows of outputs of a band, except perhaps the last.
  let bandHeight: Int
  /// The images of a part, except perhaps the last.
  let imagesOfPart: Int

  private let outputHeight: Int
  private let workOfImage: Int

  init(_ shape: ConvolutionShape) {
    outputHeight = shape.outputHeight
    let workOfRow = shape.outputWidth * shape.kernelCount
    workOfImage = workOfRow * shape.outputHeight
    // Whole blocks of four rows that share their samples.
    let unit = 4 * shape.rowPhases.step
    let most = min(shape.outputHeight, max(2, Self.workOfPart / workOfRow / unit) * unit)
    let bands = (shape.outputHeight + most - 1) / most
    bandHeight = min(most, ((shape.outputHeight + bands - 1) / bands + unit - 1) / unit * unit)
    let images = Self.workOfPart / workOfImage
    imagesOfPart = images < 12 ? max(1, images) : images / 12 * 12
  }

  /// The bands of an image.
  var bands: Int { (outputHeight + bandHeight - 1) / bandHeight }

  /// The groups of images.
  func chunks(_ images: Int) -> Int { (images + imagesOfPart - 1) / imagesOfPart }

  /// Whether other threads are woken for so many images.
  func isShared(_ images: Int) -> Bool { images * workOfImage >= Self.smallestSharedWork }

  /// How many times faster so many images are done by threads than by one.
  func speedup(images: Int, threads: Int) -> Double {
    let parts = chunks(images) * bands
    guard isShared(images) && parts > 1 else { return 1 }
    return parts < 4 * threads ? share(parts, among: threads) : Double(threads)
  }
}
