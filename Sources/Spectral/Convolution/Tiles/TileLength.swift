/// The lengths of tiles that FFTW is fast at.
enum TileLength {
  /// The shorter lengths with the nanoseconds of one row, in Float, by one thread of the machine that the project is
  /// measured on.
  static let measured: [(length: Int, nanoseconds: Double)] = [
    (16, 4.7), (24, 11), (32, 10.5), (40, 18.5), (48, 16), (64, 20), (80, 30), (96, 31), (128, 43.5), (144, 54),
    (160, 57), (192, 65), (240, 93), (256, 96), (320, 132), (384, 146), (480, 235), (512, 215), (640, 290), (768, 330),
    (1024, 480),
  ]

  /// The longer ones: 5, 6 and 8 times the powers of two.
  static let long: [Int] = (8..<48).flatMap { exponent in [5, 6, 8].map { $0 << exponent } }

  /// The lengths of at least `count`, shortest first.
  static func all(from count: Int) -> [Int] { (measured.map(\.length) + long).filter { $0 >= count } }

  /// The nanoseconds of one row.
  static func time(_ length: Int) -> Double {
    measured.first { $0.length == length }?.nanoseconds ?? 0.06 * Double(length) * Double.log2(Double(length))
  }
}
