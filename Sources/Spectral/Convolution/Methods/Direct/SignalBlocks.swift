internal import CKernels

/// A long kernel of one row, and the signal under it, as an image of rows of 16 samples.
///
/// Σᵥ x[i + v]·k[v] with v = 16·u + w is a correlation of the rows x[16·j…] with the rows k[16·u…]: as in two
/// dimensions, a block of rows of outputs uses each vector of samples several times. The block's vectors come from
/// segments that stand for the images of a batch.
struct SignalBlocks: Sendable {
  /// The samples of a row.
  static var rowCount: Int { 16 }
  /// The rows of a segment, a multiple of a block's rows.
  static var segmentRows: Int { 16 }
  /// The outputs of a segment.
  static var segmentCount: Int { segmentRows * rowCount }
  /// The outputs of as many segments as make whole blocks of three or four vectors.
  static var pieceCount: Int { 12 * segmentCount }

  /// Where the rows begin.
  let rows: PlainTable<Int>
  /// The whole rows of the kernel, and the rest.
  let phases: PlainTable<direct_phase>

  /// Whether a shape's kernels are worth it.
  static func serves(_ shape: ConvolutionShape) -> Bool {
    shape.kernelHeight == 1 && shape.kernelWidth >= 2 * rowCount && shape.strideX == 1 && shape.dilationX == 1
  }

  init(kernelWidth: Int) {
    let (whole, rest) = kernelWidth.quotientAndRemainder(dividingBy: Self.rowCount)
    let phase = direct_phase(first_row: 0, offset: 0, height: whole, width: Self.rowCount)
    let last = direct_phase(first_row: whole, offset: 0, height: 1, width: rest)
    phases = PlainTable(rest == 0 ? [phase] : [phase, last])
    rows = PlainTable((0...Self.segmentRows + whole).map { $0 * Self.rowCount })
  }
}
