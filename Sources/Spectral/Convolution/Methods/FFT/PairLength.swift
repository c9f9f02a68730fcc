internal import Tensors

/// A length of the complex transforms that two small images share.
///
/// FFTW has one vectorised codelet for some lengths, and is up to five times as fast at them as at their neighbours.
struct PairLength: Sendable {
  let count: Int
  /// The nanoseconds of one row of many, or of one column, in Float, by one thread of the machine that the project is
  /// measured on, as FFTW plans without measuring.
  let nanoseconds: Double

  /// The products of powers of 2, 3 and 5, shortest first, and those other lengths that have a codelet.
  static let measured = [
    (1, 2.0), (2, 2.1), (3, 3.3), (4, 2.3), (5, 3.2), (6, 2.8), (7, 4.1), (8, 2.9), (9, 5.9), (10, 4.3), (12, 4.1),
    (14, 6.8), (15, 8.3), (16, 5.3), (18, 40), (20, 7.1), (24, 35), (25, 22), (27, 59), (30, 94), (32, 11.6),
    (36, 47), (40, 92), (45, 84), (48, 55), (50, 98), (54, 119), (60, 116), (64, 27), (72, 103), (75, 125), (80, 71),
    (81, 149), (90, 205), (96, 132), (100, 131), (108, 123), (120, 157), (125, 246), (128, 84), (135, 230),
    (144, 119), (150, 273), (160, 138),
  ].map { PairLength(count: $0, nanoseconds: $1) }

  /// The shortest length that serves and any that may be faster.
  static func all(atLeast count: Int) -> ArraySlice<PairLength> {
    let served = measured.drop { $0.count < count }
    guard let codelet = served.firstIndex(where: { $0.nanoseconds < 0.5 * Double($0.count) }) else {
      return served.isEmpty ? [PairLength(fastLength(count))] : served
    }
    return served[...codelet]
  }

  /// A length with its time: as measured, or as n·log₂ n extrapolates it.
  init(_ count: Int) {
    let measured = Self.measured.first { $0.count == count }
    self = measured ?? PairLength(count: count, nanoseconds: 0.22 * Double(count) * Double.log2(Double(max(2, count))))
  }

  private init(count: Int, nanoseconds: Double) {
    self.count = count
    self.nanoseconds = nanoseconds
  }
}
