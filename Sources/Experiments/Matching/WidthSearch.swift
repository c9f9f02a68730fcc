import Numerics

/// The widths of a network that come nearest to a budget, in proportion to its own as well as whole numbers allow.
///
/// All widths are scaled by one factor, found by bisection. Where rounding then misses the budget by more than 2 %, single
/// widths may move by one; of several that meet the budget those nearest to proportion are taken.
struct WidthSearch {
  /// The largest factor by which widths are scaled.
  private static let largestFactor = 256.0

  let base: [Int]
  let budget: Budget
  let cost: ([Int]) throws -> ModelCost

  /// The smallest and the largest size that the search considers.
  func range() throws -> ClosedRange<Int> {
    let least = try amount(base.map { _ in 1 })
    return least...max(least, try amount(scaled(Self.largestFactor)))
  }

  /// The widths.
  func nearest() throws -> [Int] {
    let (below, above) = try bracket()
    let plain = try [below, above].map { (widths: $0, excess: abs(budget.excess(try cost($0)))) }
      .min { $0.excess < $1.excess }!
    guard plain.excess > Budget.tolerance else { return plain.widths }
    let candidates = try neighbours(below, above).map { widths in
      (widths: widths, excess: abs(budget.excess(try cost(widths))), distortion: distortion(widths))
    }
    let matched = candidates.filter { $0.excess <= Budget.tolerance }
    return
      (matched.min { ($0.distortion, $0.excess) < ($1.distortion, $1.excess) }
      ?? candidates.min { ($0.excess, $0.distortion) < ($1.excess, $1.distortion) }!).widths
  }

  /// Widths just below and just above the budget, scaled by neighbouring factors.
  private func bracket() throws -> (below: [Int], above: [Int]) {
    var (low, high) = (0.0, 1.0)
    while high < Self.largestFactor, try amount(scaled(high)) < budget.amount { (low, high) = (high, 2 * high) }
    while scaled(low) != scaled(high) && high - low > 1e-9 * high {
      let middle = (low + high) / 2
      if try amount(scaled(middle)) < budget.amount { low = middle } else { high = middle }
    }
    return (scaled(low), scaled(high))
  }

  /// Widths each of which is at most one away from those below or above.
  private func neighbours(_ below: [Int], _ above: [Int]) -> [[Int]] {
    zip(below, above).reduce([[]]) { lists, ends in
      let choices = max(1, min(ends.0, ends.1) - 1)...max(ends.0, ends.1) + 1
      return lists.flatMap { list in choices.map { list + [$0] } }
    }
  }

  /// How far widths are from proportion: the range of the logarithms of their factors.
  private func distortion(_ widths: [Int]) -> Double {
    let factors = zip(widths, base).map { Double.log(Double($0) / Double($1)) }
    return (factors.max() ?? 0) - (factors.min() ?? 0)
  }

  private func scaled(_ factor: Double) -> [Int] { base.map { max(1, Int((factor * Double($0)).rounded())) } }

  private func amount(_ widths: [Int]) throws -> Int { try cost(widths).amount(in: budget.currency) }
}
