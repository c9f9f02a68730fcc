internal import Numerics
internal import Tensors

/// Averages of a power spectrum over sets of frequencies that a half spectrum stands for.
struct SpectrumBins: Sendable {
  /// The number of sets.
  let count: Int

  /// The place in the half spectrum, the set, and the weight of each term.
  private let terms: [(place: Int, bin: Int, weight: Double)]

  /// Collects frequencies.
  ///
  /// - Parameters:
  ///   - height: H.
  ///   - width: W.
  ///   - count: The number of sets.
  ///   - bin: The set of a frequency in cycles per pixel along y and x, each from −½ to below ½; `nil` for none. The same
  ///     for a frequency and its negative.
  init(height: Int, width: Int, count: Int, bin: (_ y: Double, _ x: Double) -> Int?) {
    var (members, weights) = ([Double](repeating: 0, count: count), [Int: (bin: Int, weight: Double)]())
    for place in 0..<height * width {
      let (row, column) = place.quotientAndRemainder(dividingBy: width)
      guard let bin = bin(Self.frequency(row, height), Self.frequency(column, width)) else { continue }
      members[bin] += 1
      weights[Self.halfPlace(row, column, height, width), default: (bin, 0)].weight += 1
    }
    self.count = count
    terms = weights.sorted { $0.key < $1.key }.map { place, term in
      (place, term.bin, term.weight / members[term.bin] / Double(height * width))
    }
  }

  /// Whether every set has a frequency.
  var isComplete: Bool { Set(terms.map(\.bin)).count == count }

  /// The multiply-adds of the averages.
  var operations: Double { Double(terms.count) }

  /// The mean power |X̂|²/(H·W) of each set.
  func average(_ spectrum: UnsafePointer<Complex<Double>>, to row: UnsafeMutablePointer<Double>) {
    row.update(repeating: 0, count: count)
    for term in terms { row[term.bin] += term.weight * spectrum[term.place].lengthSquared }
  }

  /// As `numpy.fft.fftfreq`.
  private static func frequency(_ index: Int, _ count: Int) -> Double {
    Double(2 * index < count ? index : index - count) / Double(count)
  }

  private static func halfPlace(_ row: Int, _ column: Int, _ height: Int, _ width: Int) -> Int {
    let half = width / 2 + 1
    return column < half ? row * half + column : (height - row) % height * half + width - column
  }
}
