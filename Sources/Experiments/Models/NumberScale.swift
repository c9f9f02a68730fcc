import Statistics

/// How numbers are shifted and scaled before a model sees them, so that penalties and step sizes mean the same for all data.
struct NumberScale: Codable, Equatable, Sendable {
  /// Numbers as they are.
  static let none = NumberScale(shift: 0, scale: 1)

  private let shift: Double
  private let scale: Double

  private init(shift: Double, scale: Double) { (self.shift, self.scale) = (shift, scale) }

  /// Mean 0 and standard deviation 1.
  init(_ numbers: [Double]) {
    let moments = Moments(numbers)
    self.init(shift: moments.mean, scale: moments.standardDeviation > 0 ? moments.standardDeviation : 1)
  }

  /// Mean 1, for counts.
  init(meanOf counts: [Double]) {
    let mean = Moments(counts).mean
    self.init(shift: 0, scale: mean > 0 ? mean : 1)
  }

  /// The number as a model sees it.
  func apply(_ number: Double) -> Double { (number - shift) / scale }

  /// The number that a model means.
  func revert(_ number: Double) -> Double { number * scale + shift }
}
