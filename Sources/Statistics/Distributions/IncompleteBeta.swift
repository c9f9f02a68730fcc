import Numerics

/// The regularized incomplete beta function Iₓ(a, b).
enum IncompleteBeta {
  /// Iₓ(a, b) = ∫₀ˣ tᵃ⁻¹(1−t)ᵇ⁻¹ dt / B(a, b), by its continued fraction.
  ///
  /// The fraction (DLMF 8.17.22) converges fast for x < (a + 1)/(a + b + 2); elsewhere the symmetry
  /// Iₓ(a, b) = 1 − I₁₋ₓ(b, a) is used. Evaluated by the modified Lentz method.
  ///
  /// - Parameters:
  ///   - x: The upper limit, 0…1.
  ///   - complement: 1 − x, given apart so that it keeps its digits near x = 1.
  ///   - a: The first parameter, positive.
  ///   - b: The second parameter, positive.
  /// - Returns: The value, 0…1.
  static func regularized(_ x: Double, complement: Double, a: Double, b: Double) -> Double {
    precondition(a > 0 && b > 0, "expected positive parameters, got \(a) and \(b)")
    if x <= 0 { return 0 }
    if complement <= 0 { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - regularized(complement, complement: x, a: b, b: a) }
    let logBeta = Double.logGamma(a) + Double.logGamma(b) - Double.logGamma(a + b)
    let front = Double.exp(a * Double.log(x) + b * Double.log(complement) - logBeta) / a
    return front * continuedFraction(x, a: a, b: b)
  }

  private static func continuedFraction(_ x: Double, a: Double, b: Double) -> Double {
    let tiny = 1e-300
    func guarded(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var (c, d) = (1.0, 1 / guarded(1 - (a + b) * x / (a + 1)))
    var result = d
    for step in 1...10_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / guarded(1 + even * d)
      c = guarded(1 + even / c)
      result *= d * c
      d = 1 / guarded(1 + odd * d)
      c = guarded(1 + odd / c)
      result *= d * c
      if abs(d * c - 1) < 1e-15 { break }
    }
    return result
  }
}
