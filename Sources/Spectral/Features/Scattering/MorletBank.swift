internal import Numerics

/// The spectra of the Morlet wavelets ψ and the Gaussian average φ of a scattering transform, on a periodic grid.
///
/// In space, with x along the rows' index as kymatio has it and R the rotation by θ:
/// ψ(x) = g(x)·(exp(iξ·x₁) − K), g(x) = s/(2πσ²)·exp(−(x₁² + s²·x₂²)/(2σ²)), (x₁, x₂) = Rᵀx, where K makes the sum zero;
/// σ = 0.8·2ʲ, ξ = ¾π/2ʲ, the slant s = 4/L, and the angle (⌊L/2⌋ − 1 − θ)·π/L, −θ·π for L = 1. φ has no wave, s = 1 and σ = 0.8·2^(J−1).
/// The spectra are Gaussians, summed over the aliases of the grid: ψ is periodised over it.
///
/// Source: kymatio's `filter_bank`, whose normalisation has 3.1415 for π, and so has ours: results agree.
struct MorletBank: Sendable {
  /// The number of orientations.
  let orientations: Int

  private static let normalization = Double.pi / 3.1415
  private static let baseWidth = 0.8
  private static let baseFrequency = 0.75 * Double.pi

  /// The spectrum of ψ at all frequencies of a grid, row by row.
  func wavelet(scale: Int, orientation: Int, height: Int, width: Int) -> [Double] {
    let angle = Double((orientations - 2) / 2 - orientation) * .pi / Double(orientations)
    let (sine, cosine) = (Double.sin(angle), Double.cos(angle))
    let (spread, slant) = (Self.baseWidth * Double(1 << scale), 4 / Double(orientations))
    let centre = Self.baseFrequency / Double(1 << scale)
    func gaussian(_ row: Double, _ column: Double, _ centre: Double) -> Double {
      let along = spread * (row * cosine + column * sine - centre)
      let across = spread / slant * (column * cosine - row * sine)
      return Self.normalization * .exp(-(along * along + across * across) / 2)
    }
    let reach = Self.aliasReach(max(1, slant) / spread, centre)
    func periodised(_ row: Int, _ column: Int, _ centre: Double) -> Double {
      Self.sum(reach, row, height) { y in Self.sum(reach, column, width) { x in gaussian(y, x, centre) } }
    }
    let correction = periodised(0, 0, centre) / periodised(0, 0, 0)
    return (0..<height * width).map { place in
      let (row, column) = place.quotientAndRemainder(dividingBy: width)
      return periodised(row, column, centre) - correction * periodised(row, column, 0)
    }
  }

  /// The spectrum of one factor of φ, which is separable, at all frequencies of an axis.
  static func average(scales: Int, count: Int) -> [Double] {
    let spread = baseWidth * Double(1 << scales) / 2
    let reach = aliasReach(1 / spread, 0)
    return (0..<count).map { index in
      sum(reach, index, count) { normalization.squareRoot() * .exp(-spread * spread * $0 * $0 / 2) }
    }
  }

  /// The aliases of a frequency that matter: beyond 8.6 standard deviations a Gaussian is below half of 2⁻⁵².
  private static func aliasReach(_ deviation: Double, _ centre: Double) -> Int {
    Int(((8.6 * deviation + centre) / (2 * .pi) + 0.5).rounded(.up))
  }

  private static func sum(_ reach: Int, _ index: Int, _ count: Int, _ term: (Double) -> Double) -> Double {
    let nearest = 2 * index < count ? index : index - count
    return (-reach...reach).reduce(0) { sum, alias in
      sum + term(2 * .pi * (Double(nearest) / Double(count) + Double(alias)))
    }
  }
}
