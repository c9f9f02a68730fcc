internal import Tensors

/// Something that the methods of convolution spend time on; a ``CostModel`` knows the seconds of one unit of it.
///
/// The seconds depend on one size, and are given at a few ``knots`` of it.
public enum CostQuantity: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
  /// A multiply-add of the direct loops for one filter, by the kernel's side √(kh·kw).
  case direct
  /// A multiply-add of the direct loops for several filters at once, by the kernel's side.
  case directBank
  /// A multiply-add of the direct loops with stride or dilation.
  case directStrided
  /// A multiply-add of the gradient of a bank in the direct loops, by the outputs of a row.
  case directGradient
  /// A multiply-add of a matrix product, by the smaller of rows and inner size.
  case matrixProduct
  /// A call of a matrix product, whatever its size.
  case product
  /// An image, or a band of it, whose rows are looked up or copied with their padding, whatever its size.
  case `extension`
  /// A number of a matrix whose columns are windows, by its rows.
  case gather
  /// A number of Winograd's transforms of samples and outputs, in units of 32 bits.
  case winogradTransform
  /// A point of a real transform of a plane, by √points.
  case planeTransform
  /// A nanosecond of the transforms of tiles as ``TileLength`` states it, and of moving numbers between their passes, by
  /// the square root of the numbers of a spectrum.
  case tileTransform
  /// A product of two complex numbers of spectra of tiles, by the same.
  case tileProduct
  /// A nanosecond of the complex transforms that two small images share as ``PairLength`` states it, and of packing the
  /// images, by √points.
  case pairTransform
  /// A product of two complex numbers of spectra, by the smaller of channels and filters.
  case spectralProduct
  /// A block of 64 bytes of a spectrum that is copied to or from its place in a bank, by the bytes of the bank.
  case bankBlock
  /// A multiply-add of kh·kw·min(kh, kw) of a kernel's singular value decomposition.
  case decomposition
  /// A byte that is read or written in order, by the bytes that are worked on.
  case byte
  /// A byte of a spectrum that one thread has written and another reads.
  case exchange
  /// A loop that wakes the threads of the pool.
  case loop
  /// Beginning the passes of a method, whatever their size.
  case pass

  /// The sizes at which the seconds of a unit are given; in between they are interpolated in the logarithm of the size.
  public var knots: [Double] {
    switch self {
    case .direct: [1, 2, 3, 5, 7, 11, 15, 31, 127]
    case .directBank: [1, 3, 7, 15]
    case .directStrided, .product, .extension, .winogradTransform, .decomposition, .exchange, .loop, .pass: [1]
    case .gather: [4, 16, 64]
    case .directGradient: [4, 16, 64, 512]
    case .matrixProduct: [1, 4, 16, 64]
    case .planeTransform: [4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096]
    case .tileTransform, .tileProduct: [32, 128, 512, 2048]
    case .pairTransform: [8, 16, 32, 64, 128]
    case .spectralProduct: [1, 4, 16]
    case .bankBlock: [32_768, 1_048_576, 33_554_432]
    case .byte: [32_768, 1_048_576, 33_554_432, 268_435_456]
    }
  }
}

extension CostQuantity {
  /// The knots next to a size with their weights, which sum to 1; beyond the ends the last knot alone.
  func weights(at size: Double) -> [(knot: Int, weight: Double)] {
    let knots = knots
    guard size > knots[0] else { return [(0, 1)] }
    guard let above = knots.firstIndex(where: { $0 > size }) else { return [(knots.count - 1, 1)] }
    let (low, high) = (knots[above - 1], knots[above])
    let share = Double.log2(size / low) / Double.log2(high / low)
    return [(above - 1, 1 - share), (above, share)]
  }
}
