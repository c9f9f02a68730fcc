import Numerics

extension RandomStream {
  /// A number from the uniform distribution on [0, 1), with 53 random bits.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number from the uniform distribution on a range.
  ///
  /// - Parameter range: Lower bound included, upper bound excluded.
  /// - Returns: The number.
  public mutating func uniform(in range: Range<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// An integer from the uniform distribution on a range.
  public mutating func integer(in range: Range<Int>) -> Int { Int.random(in: range, using: &self) }

  /// A number from the standard normal distribution, by the Box–Muller transform.
  public mutating func normal() -> Double {
    let radius = Double.sqrt(-2 * Double.log(1 - uniform()))
    return radius * Double.cos(2 * .pi * uniform())
  }

  /// A count from the Poisson distribution.
  ///
  /// Below a mean of 10 by multiplication of uniform numbers (Knuth), above by transformed rejection (W. Hörmann, *The
  /// transformed rejection method for generating Poisson random variables*, Insurance: Mathematics and Economics 12, 1993,
  /// algorithm PTRS).
  ///
  /// - Parameter mean: λ ≥ 0.
  /// - Returns: The count.
  public mutating func poisson(mean: Double) -> Int {
    precondition(mean >= 0 && mean.isFinite, "expected a finite mean of at least 0, got \(mean)")
    return mean < 10 ? poissonByMultiplication(mean) : poissonByRejection(mean)
  }

  /// The numbers `0..<count` in random order (Fisher–Yates).
  public mutating func permutation(_ count: Int) -> [Int] { (0..<count).shuffled(using: &self) }

  private mutating func poissonByMultiplication(_ mean: Double) -> Int {
    let limit = Double.exp(-mean)
    var (count, product) = (0, uniform())
    while product > limit {
      count += 1
      product *= uniform()
    }
    return count
  }

  private mutating func poissonByRejection(_ mean: Double) -> Int {
    let b = 0.931 + 2.53 * Double.sqrt(mean)
    let a = -0.059 + 0.02483 * b
    let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
    let squeeze = 0.9277 - 3.6224 / (b - 2)
    while true {
      let u = uniform() - 0.5
      let v = uniform()
      let us = 0.5 - abs(u)
      let k = ((2 * a / us + b) * u + mean + 0.43).rounded(.down)
      if us >= 0.07 && v <= squeeze { return Int(k) }
      if k < 0 || (us < 0.013 && v > us) { continue }
      let proposal = Double.log(v) + Double.log(inverseAlpha) - Double.log(a / (us * us) + b)
      if proposal <= -mean + k * Double.log(mean) - Double.logGamma(k + 1) { return Int(k) }
    }
  }
}
