internal import Numerics

/// One axis of the grid on which images are scattered.
///
/// The maps of wavelets of scale j have 2^−r of the grid's samples: r = j, or r = 0 on a circular axis, where nothing is
/// then lost to aliasing.
struct ScatteringAxis: Sendable {
  /// The samples of the image.
  let count: Int
  /// The samples of the grid.
  let gridCount: Int
  /// The samples of the output.
  let outputCount: Int
  /// The sample of the image that each sample of the grid is; −1 for a zero.
  let sources: [Int]

  private let scales: Int
  private let isCircular: Bool

  /// Lays out an axis.
  ///
  /// - Parameters:
  ///   - count: The samples of the image.
  ///   - scales: J.
  ///   - boundary: What is outside the image. A circular axis is its own grid; others are extended to the next multiple of
  ///     2^J that leaves at least 2^(J−1) on both sides.
  init(count: Int, scales: Int, boundary: Boundary) {
    self.count = count
    self.scales = scales
    isCircular = boundary == .circular
    let step = 1 << scales
    gridCount = isCircular ? count : ((count + step) / step + 1) * step
    outputCount = count / step
    let before = (gridCount - count) / 2
    sources = AxisMap(count: count, before: before, after: gridCount - count - before, boundary).sources
  }

  /// The resolution r of the maps of a scale.
  func resolution(scale: Int) -> Int { isCircular ? 0 : scale }

  /// The samples of a map of resolution r.
  func count(resolution: Int) -> Int { gridCount >> resolution }

  /// The place on the grid's axis of frequencies of each frequency of a map of resolution r.
  func frequencies(resolution: Int) -> [Int] {
    let count = count(resolution: resolution)
    return (0..<count).map { 2 * $0 < count ? $0 : $0 + gridCount - count }
  }

  /// The spectrum of φ's factor along this axis, at the frequencies of a map of resolution r.
  ///
  /// Where a circular axis has one output, that is the mean of all samples.
  func averageSpectrum(resolution: Int) -> [Double] {
    let places = frequencies(resolution: resolution)
    guard !(isCircular && outputCount == 1) else { return places.map { $0 == 0 ? 1 : 0 } }
    let spectrum = MorletBank.average(scales: scales, count: gridCount)
    return places.map { spectrum[$0] }
  }

  /// The places of the outputs among the samples of a map of resolution r.
  func outputPlaces(resolution: Int) -> [Int] {
    (0..<outputCount).map { ($0 + (isCircular ? 0 : 1)) << (scales - resolution) }
  }

  /// φ's factor as a matrix `[outputCount, count(resolution)]`: averages round the outputs' places.
  func average(resolution: Int) -> [Double] {
    let (count, spectrum) = (count(resolution: resolution), averageSpectrum(resolution: resolution))
    let kernel = (0..<count).map { place in
      spectrum.indices.reduce(0.0) { sum, frequency in
        let turn = Double(frequency * place % count) / Double(count)
        return sum + spectrum[frequency] * Double.cos(2 * .pi * turn) / Double(count)
      }
    }
    return outputPlaces(resolution: resolution).flatMap { output in
      (0..<count).map { kernel[(output - $0 + count) % count] }
    }
  }
}
