internal import Tensors

extension CostModel {
  /// The model nearest to this one that agrees with measurements.
  ///
  /// With c⁰ the constants of this model and z·c⁰ those of the result, it minimizes
  /// Σₛ (Σᵢ aₛᵢ·zᵢ·c⁰ᵢ / tₛ − 1)² + λ·Σᵢ (zᵢ − m)² over z ≥ 0, where m is the median of measured over predicted times:
  /// errors are relative, and a constant about which no measurement says anything follows the others.
  ///
  /// - Parameters:
  ///   - samples: The measurements, at least one.
  ///   - regularization: λ.
  /// - Returns: The fitted model.
  public func fitted(to samples: [CostSample], regularization: Double = 1e-3) -> CostModel {
    precondition(!samples.isEmpty, "expected at least one measurement, got none")
    var fit = CostFit(self, samples, regularization)
    fit.solve()
    return fit.model
  }
}

/// Non-negative least squares by coordinate descent: each step is the exact minimum over one factor.
private struct CostFit {
  private static let largestSweepCount = 2000
  private static let tolerance = 1e-5

  private let start: CostModel
  private let regularization: Double
  private let target: Double
  private let columns: [[(sample: Int, share: Double)]]
  private var factors: [Double]
  private var residuals: [Double]

  init(_ model: CostModel, _ samples: [CostSample], _ regularization: Double) {
    start = model
    self.regularization = regularization
    columns = Self.columns(model, samples)
    factors = columns.map { _ in 1 }
    residuals = samples.map { 1 - model.seconds(of: $0.profile) / $0.seconds }
    let ratios = samples.map { $0.seconds / model.seconds(of: $0.profile) }.sorted()
    target = ratios[ratios.count / 2]
  }

  /// The constants times their factors.
  var model: CostModel {
    var rest = factors[...]
    return CostModel(
      seconds: Dictionary(
        uniqueKeysWithValues: CostQuantity.allCases.map { quantity in
          let values = start.seconds[quantity]!
          defer { rest = rest.dropFirst(values.count) }
          return (quantity, zip(values, rest).map(*))
        }))
  }

  /// Sweeps over the factors until none changes much.
  mutating func solve() {
    for _ in 0..<Self.largestSweepCount {
      let largest = columns.indices.reduce(0) { max($0, improve($1)) }
      if largest <= Self.tolerance { return }
    }
  }

  /// Minimizes over one factor, and returns how much it changed.
  private mutating func improve(_ place: Int) -> Double {
    var curvature = regularization
    var slope = regularization * (target - factors[place])
    for (sample, share) in columns[place] {
      curvature += share * share
      slope += residuals[sample] * share
    }
    let step = max(-factors[place], slope / curvature)
    factors[place] += step
    for (sample, share) in columns[place] { residuals[sample] -= step * share }
    return abs(step)
  }

  /// For each constant the samples that spend it, with its share of their time.
  private static func columns(_ model: CostModel, _ samples: [CostSample]) -> [[(sample: Int, share: Double)]] {
    var first: [CostQuantity: Int] = [:]
    var count = 0
    for quantity in CostQuantity.allCases {
      first[quantity] = count
      count += quantity.knots.count
    }
    var columns = [[(sample: Int, share: Double)]](repeating: [], count: count)
    for (number, sample) in samples.enumerated() {
      var shares: [Int: Double] = [:]
      for item in sample.profile.items {
        for (knot, weight) in item.quantity.weights(at: item.size) {
          let seconds = item.amount * weight * model.seconds[item.quantity]![knot]
          shares[first[item.quantity]! + knot, default: 0] += seconds / sample.seconds
        }
      }
      for (place, share) in shares.sorted(by: { $0.key < $1.key }) { columns[place].append((number, share)) }
    }
    return columns
  }
}
