internal import CKernels
internal import Tensors

/// Some columns of the outputs of a direct correlation, and where their samples come from.
///
/// Where all windows lie within the image's columns and there is no horizontal stride, the samples are read from the
/// image itself. Elsewhere the rows are extended first, with the samples of each phase of a stride side by side.
struct CorrelationZone<S: SpectralScalar>: Sendable {
  /// The channels of the images.
  let channels: Int
  /// The columns of the outputs.
  let columns: Range<Int>
  /// Makes the rows that are read; `nil` where that is the image.
  let rows: Extension<S>?
  /// Where each row of the extended image begins in what is read; −1 for zeros.
  let offsets: PlainTable<Int>
  /// Where each phase of the kernel finds its samples.
  let phases: PlainTable<direct_phase>
  /// How the zone is read where its rows are taken for signals.
  let signal: SignalBlocks?

  /// A zone read from the image.
  init(of shape: ConvolutionShape, columns: Range<Int>, _ axes: ExtendedAxes) {
    self.columns = columns
    channels = shape.inputChannels
    signal =
      SignalBlocks.serves(shape) && columns.count % SignalBlocks.segmentCount == 0
      ? SignalBlocks(kernelWidth: shape.kernelWidth) : nil
    rows = nil
    let first = columns.lowerBound - shape.padding.left
    offsets = PlainTable(axes.rows.sources.map { $0 < 0 ? -1 : $0 * shape.inputWidth + first })
    phases = PlainTable(Self.phases(of: shape) { _ in 0 })
  }

  /// A zone whose rows are extended first.
  ///
  /// - Parameters:
  ///   - shape: The sizes.
  ///   - columns: The columns of the outputs.
  ///   - axes: What the extended image consists of.
  ///   - isFilled: Whether what a vector may read after the samples of a phase is set to zero.
  init(extending shape: ConvolutionShape, columns: Range<Int>, _ axes: ExtendedAxes, isFilled: Bool = false) {
    self.columns = columns
    channels = shape.inputChannels
    signal = nil
    let axis = shape.columnPhases
    var runs: [extension_run] = []
    var starts = [0]
    for phase in 0..<axis.count {
      let count = axis.sampleCount(of: phase, outputs: columns.count)
      let end = starts[phase] + aligned(axis.sampleCount(of: phase, outputs: aligned(columns.count)))
      let first = columns.lowerBound * axis.stride + axis.start(of: phase)
      runs += axes.columns.runs(from: first, step: axis.stride, count: count, at: starts[phase])
      let rest = extension_run(target: starts[phase] + count, count: end - starts[phase] - count, source: -1, step: 1)
      if isFilled { runs.append(rest) }
      starts.append(end)
    }
    let (sources, rowStride) = (axes.rows.sources, starts.last!)
    rows = Extension(shape, rows: sources, runs: runs, rowStride: rowStride, writesZeroRows: false)
    offsets = PlainTable(sources.indices.map { sources[$0] < 0 ? -1 : $0 * rowStride })
    phases = PlainTable(Self.phases(of: shape) { starts[$0] })
  }

  private static func phases(of shape: ConvolutionShape, offset: (Int) -> Int) -> [direct_phase] {
    let (y, x) = (shape.rowPhases, shape.columnPhases)
    return (0..<y.count).flatMap { row in
      (0..<x.count).map { column in
        direct_phase(
          first_row: y.start(of: row), offset: offset(column), height: y.weightCount(of: row),
          width: x.weightCount(of: column))
      }
    }
  }
}

extension CorrelationZone {
  /// Divides the columns of a shape's outputs.
  ///
  /// The zones at the sides are as wide as a block of the C loops; a shape that would be little more than these is one
  /// zone.
  static func zones(of shape: ConvolutionShape, _ boundary: Boundary) -> [CorrelationZone] {
    let axes = ExtendedAxes(shape, boundary)
    let (width, block) = (shape.outputWidth, 64)
    let left = min(shape.padding.left, width)
    let right = max(0, shape.windowWidth - 1 - shape.padding.left - shape.inputWidth + width)
    let inside = blocks(left, block)..<max(blocks(left, block), width - blocks(right, block))
    guard shape.strideX == 1 && inside.count >= (left + right == 0 ? 16 : block) else {
      return [CorrelationZone(extending: shape, columns: 0..<width, axes)]
    }
    let sides = [0..<inside.lowerBound, inside.upperBound..<width].filter { !$0.isEmpty }
    return sides.map { CorrelationZone(extending: shape, columns: $0, axes) }
      + pieces(of: inside, shape).map { CorrelationZone(of: shape, columns: $0, axes) }
  }

  /// Cuts the inside of signals, which have no rows to share among threads.
  private static func pieces(of columns: Range<Int>, _ shape: ConvolutionShape) -> [Range<Int>] {
    let piece = SignalBlocks.pieceCount
    guard shape.outputHeight < 16 && columns.count > 2 * piece else { return [columns] }
    return stride(from: columns.lowerBound, to: columns.upperBound, by: piece).map {
      $0..<min($0 + piece, columns.upperBound)
    }
  }

  private static func blocks(_ count: Int, _ block: Int) -> Int { (count + block - 1) / block * block }
}
