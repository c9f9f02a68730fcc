internal import CKernels
internal import Numerics
internal import Parallel
internal import Tensors

/// The transform of images on one grid: two small images at a time, as real and imaginary part of one complex plane, or a
/// large image alone, by the half spectrum of a real plane.
///
/// Real kernels leave real and imaginary part apart, and the real part of the inverse of Z·conj(G) is the sum of both
/// images' correlations: nothing has to be unscrambled. A pair transforms only the rows that hold samples.
///
/// A spectrum is a number of blocks of `SPECTRAL_BLOCK_BYTES`; its stride is an odd number of them, so that equal
/// frequencies of many spectra do not compete for the same lines of the processor's cache.
struct SpectrumTransform<S: SpectralScalar>: Sendable {
  private enum Pass {
    case pair(PairTransform<S>)
    case plane(PlaneTransform<S>)
  }

  private let size: (height: Int, width: Int)
  private let pass: Pass

  /// Plans the transform of a grid.
  ///
  /// - Parameters:
  ///   - size: The grid.
  ///   - rows: The rows, from the first on, that may hold samples, or are wanted.
  init(_ size: (height: Int, width: Int), rows: Int) {
    self.size = size
    pass =
      SpectrumTransformChoice.isPaired(size)
      ? .pair(PairTransform(size, rows: rows)) : .plane(PlaneTransform(height: size.height, width: size.width))
  }

  /// The images that one spectrum holds.
  var imagesOfUnit: Int { SpectrumTransformChoice.isPaired(size) ? 2 : 1 }
  /// The blocks of a spectrum.
  var blockCount: Int {
    let width = SpectrumTransformChoice.isPaired(size) ? size.width : size.width / 2 + 1
    return (2 * size.height * width + Self.blockSize - 1) / Self.blockSize
  }
  /// The numbers from one spectrum to the next.
  var stride: Int { (blockCount | 1) * Self.blockSize }
  /// The numbers of scratch memory that a transform takes.
  var scratchCount: Int { SpectrumTransformChoice.isPaired(size) ? 0 : aligned(size.height * size.width) }

  static var blockSize: Int { Int(SPECTRAL_BLOCK_BYTES) / MemoryLayout<S>.size }

  /// Transforms one image or two.
  func analyze(
    _ items: PlaneItems, _ pair: ImagePair<S>, into spectrum: UnsafeMutablePointer<S>,
    _ scratch: UnsafeMutablePointer<S>
  ) {
    let pair = pair.offset(by: items.offset)
    switch pass {
    case .pair(let transform):
      withUnsafePointer(to: gridItems(items, rows: transform.rows)) {
        S.spectralFunctions.banks.packPair(
          $0, pair.first, pair.second, pair.factor, spectrum)
      }
      transform.forward(spectrum)
    case .plane(let transform):
      // Read only, or written in parts that do not overlap.
      nonisolated(unsafe) let scratch = scratch
      forEachBand(items, rows: size.height) {
        var band = $0
        S.spectralFunctions.banks.packPlane(
          &band, pair.first + $1 * items.rowStride, scratch + $1 * size.width)
      }
      transform.forward(scratch, complexPointer(spectrum))
    }
  }

  /// Transforms a spectrum, which it destroys, back into one image or two.
  func synthesize(
    _ spectrum: UnsafeMutablePointer<S>, _ items: PlaneItems, into pair: MutableImagePair<S>,
    _ scratch: UnsafeMutablePointer<S>
  ) {
    let pair = pair.offset(by: items.offset)
    let scale = 1 / S(size.height * size.width)
    switch pass {
    case .pair(let transform):
      transform.backward(spectrum)
      withUnsafePointer(to: gridItems(items, rows: items.rows)) {
        S.spectralFunctions.banks.unpackPair(
          $0, spectrum, scale, scale / pair.factor, pair.first, pair.second)
      }
    case .plane(let transform):
      transform.backward(complexPointer(spectrum), scratch)
      // Read only, or written in parts that do not overlap.
      nonisolated(unsafe) let scratch = scratch
      forEachBand(items, rows: items.rows) {
        var band = $0
        S.spectralFunctions.banks.unpackPlane(
          &band, scratch + $1 * size.width, scale, pair.first + $1 * items.rowStride)
      }
    }
  }

  /// Transforms the weights of a kernel that belong to a phase.
  func analyze(
    _ weights: UnsafePointer<S>, _ grid: SpectralGrid, phase: Int, into spectrum: UnsafeMutablePointer<S>,
    _ scratch: UnsafeMutablePointer<S>
  ) {
    switch pass {
    case .pair(let transform):
      grid.withWeightPlaces(phase: phase, step: 2) { S.spectralFunctions.banks.placeWeights($0, weights, spectrum) }
      transform.forward(spectrum)
    case .plane(let transform):
      grid.withWeightPlaces(phase: phase, step: 1) { S.spectralFunctions.banks.placeWeights($0, weights, scratch) }
      transform.forward(scratch, complexPointer(spectrum))
    }
  }

  /// Adds to the weights of a phase what the inverse of a spectrum, which it destroys, has at their places.
  func synthesize(
    _ spectrum: UnsafeMutablePointer<S>, _ grid: SpectralGrid, phase: Int, addingTo weights: UnsafeMutablePointer<S>,
    _ scratch: UnsafeMutablePointer<S>
  ) {
    let scale = 1 / S(size.height * size.width)
    switch pass {
    case .pair(let transform):
      transform.backward(spectrum)
      grid.withWeightPlaces(phase: phase, step: 2) {
        S.spectralFunctions.banks.collectWeights($0, spectrum, scale, weights)
      }
    case .plane(let transform):
      transform.backward(complexPointer(spectrum), scratch)
      grid.withWeightPlaces(phase: phase, step: 1) {
        S.spectralFunctions.banks.collectWeights($0, scratch, scale, weights)
      }
    }
  }

  private func gridItems(_ items: PlaneItems, rows: Int) -> grid_items {
    grid_items(
      rows: items.rows, columns: items.columns, row_stride: items.rowStride, step: items.step, grid_rows: rows,
      grid_columns: size.width)
  }

  /// Calls `body` with bands of `rows` rows of the grid, shared among threads, and the first row of each.
  private func forEachBand(_ items: PlaneItems, rows: Int, _ body: @Sendable (grid_items, Int) -> Void) {
    let height = max(1, (1 << 16) / size.width)
    parallelFor((rows + height - 1) / height) { band in
      let first = band * height
      var part = gridItems(items, rows: min(height, rows - first))
      part.rows = min(max(0, items.rows - first), part.grid_rows)
      body(part, first)
    }
  }
}
