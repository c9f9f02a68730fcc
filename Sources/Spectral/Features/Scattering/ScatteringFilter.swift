internal import Tensors

/// A wavelet that takes the half spectrum of a map to the spectrum of its response on a coarser grid.
///
/// Y[k] = 1/(h·w)·Σ ψ̂[f]·X[f] over the frequencies f ≡ k modulo the sizes of the coarser grid: the product, the fold that
/// subsampling is, and the inverse transform's factor in one sparse table. Weights below ε/256 of the largest are left out.
struct ScatteringFilter<S: SpectralScalar>: Sendable {
  /// The frequencies of the response.
  let count: Int
  /// The products for each image.
  let termCount: Int

  private let starts: PlainTable<Int32>
  private let sources: PlainTable<Int32>
  private let weights: PlainTable<S>

  /// Makes the table.
  ///
  /// - Parameters:
  ///   - spectrum: ψ̂ on the map's frequencies, `[height, width]`.
  ///   - size: The sizes of the map.
  ///   - response: The sizes of the coarser grid, which divide those of the map.
  init(_ spectrum: [Double], size: ImageSize, response: ImageSize) {
    var (starts, sources, weights) = ([Int32(0)], [Int32](), [S]())
    let threshold = (spectrum.map(abs).max() ?? 0) * Double(S.epsilon) / 256
    let scale = 1 / Double(size.height * size.width)
    for place in 0..<response.height * response.width {
      let (row, column) = place.quotientAndRemainder(dividingBy: response.width)
      for y in stride(from: row, to: size.height, by: response.height) {
        for x in stride(from: column, to: size.width, by: response.width) {
          let weight = spectrum[y * size.width + x]
          guard abs(weight) > threshold else { continue }
          sources.append(Self.source(y, x, size))
          weights.append(S(weight * scale))
        }
      }
      starts.append(Int32(sources.count))
    }
    count = response.height * response.width
    termCount = sources.count
    self.starts = PlainTable(starts)
    self.sources = PlainTable(sources)
    self.weights = PlainTable(weights)
  }

  /// The place in a half spectrum, complemented where it holds the conjugate.
  private static func source(_ row: Int, _ column: Int, _ size: ImageSize) -> Int32 {
    let half = size.width / 2 + 1
    guard column >= half else { return Int32(row * half + column) }
    return ~Int32((size.height - row) % size.height * half + size.width - column)
  }

  func callAsFunction(_ spectrum: UnsafePointer<S>, to response: UnsafeMutablePointer<S>) {
    S.spectralFunctions.lanes.filter(count, starts.base, sources.base, weights.base, spectrum, response)
  }
}
