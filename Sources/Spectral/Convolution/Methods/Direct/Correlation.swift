internal import CKernels
internal import Parallel
internal import Tensors

/// The cross-correlation of images with a packed bank by the C loops of `direct.h`, shared among threads.
///
/// The work is cut into images, bands of rows and zones of columns; each output is the same sum in the same order
/// wherever it falls. Rows of zeros are left out.
struct Correlation<S: SpectralScalar>: Sendable {
  /// The numbers of extended images that stay in the nearest cache.
  private static var cachedCount: Int { 12_000 }

  let shape: ConvolutionShape

  private let zones: [CorrelationZone<S>]
  private let partition: CorrelationPartition

  init(_ shape: ConvolutionShape, _ boundary: Boundary) {
    self.shape = shape
    zones = CorrelationZone.zones(of: shape, boundary)
    partition = CorrelationPartition(shape)
  }

  /// The numbers of scratch memory of so many threads.
  func scratchCount(images: Int, workers: Int) -> Int {
    let rows = shape.paddedRows(of: 0..<partition.bandHeight).count
    let each = zones.map { min(images, batch(of: $0, rows)) * $0.extendedCount(rows: rows) }.max() ?? 0
    return min(workers, partCount(images)) * each
  }

  /// Packs a bank `[F, C, kh, kw]`.
  func prepare(_ kernel: UnsafePointer<S>, into prepared: UnsafeMutablePointer<S>) {
    var packed = prepared
    forEachPackedGroup(of: shape.outputChannels) { filters in
      for channel in 0..<shape.inputChannels {
        let first = kernel + filters.lowerBound * shape.tapCount + channel * shape.kernelHeight * shape.kernelWidth
        shape.forEachPhase { rows, columns in
          packed = pack(
            first, shape, rows, columns, filters: filters.count, stride: shape.tapCount, into: packed)
        }
      }
    }
  }

  /// Correlates images with a packed bank.
  func run(
    _ input: ImageBatch<S>, _ bank: UnsafePointer<S>, into output: MutableImageBatch<S>,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    // Only read.
    nonisolated(unsafe) let bank = bank
    workspace.forEach(partCount(input.count), isShared: partition.isShared(input.count)) { part, workspace in
      let (rest, zone) = part.quotientAndRemainder(dividingBy: zones.count)
      let (chunk, band) = rest.quotientAndRemainder(dividingBy: partition.bands)
      let (first, top) = (chunk * partition.imagesOfPart, band * partition.bandHeight)
      let images = first..<min(first + partition.imagesOfPart, input.count)
      let rows = top..<min(top + partition.bandHeight, shape.outputHeight)
      correlate(input[images], bank, into: output[images], rows, zones[zone], workspace)
    }
  }

  private func partCount(_ images: Int) -> Int {
    partition.chunks(images) * partition.bands * zones.count
  }

  private func correlate(
    _ input: ImageBatch<S>, _ bank: UnsafePointer<S>, into output: MutableImageBatch<S>, _ rows: Range<Int>,
    _ zone: CorrelationZone<S>, _ workspace: ConvolutionWorkspace<S>
  ) {
    let padded = shape.paddedRows(of: rows)
    let count = min(input.count, batch(of: zone, padded.count))
    let scratch = workspace.scratch(count * zone.extendedCount(rows: padded.count))
    for first in stride(from: 0, to: input.count, by: count) {
      let images = first..<min(first + count, input.count)
      zone.correlate(shape, input[images], bank, into: output[images], rows: rows, padded: padded, scratch)
    }
  }

  /// The images that are correlated side by side: several where their rows are shorter than a block.
  private func batch(of zone: CorrelationZone<S>, _ rows: Int) -> Int {
    guard shape.outputWidth < 64 && zone.extendedCount(rows: rows) > 0 else { return 1 }
    let cached = Self.cachedCount / zone.extendedCount(rows: rows)
    return cached >= 12 ? 12 : max(1, cached / 4 * 4)
  }
}
