/// A length of tiles that FFTW is fast at.
struct TileLength: Sendable {
  let count: Int
  /// The nanoseconds of one complex row, in Float, by one thread of the machine that the project is measured on.
  let nanoseconds: Double

  /// All of them, shortest first: those measured, then 4, 5 and 6 times the powers of two.
  static let all = measured + long

  static let measured = [
    (16, 5), (32, 12), (48, 17), (64, 21), (80, 30), (96, 35), (128, 46), (144, 60), (160, 63), (192, 70), (240, 95),
    (256, 101), (288, 153), (320, 137), (384, 160), (480, 247), (512, 224), (576, 313), (640, 310), (768, 356),
    (960, 555), (1024, 523), (1152, 672), (1280, 675), (1536, 868), (2048, 1089), (2304, 1786), (2560, 1571),
  ].map { TileLength(count: $0, nanoseconds: $1) }

  static let long = (9..<48).flatMap { exponent in [6, 8, 10].map { $0 << exponent } }.map { count in
    TileLength(count: count, nanoseconds: 0.06 * Double(count) * Double.log2(Double(count)))
  }
}
