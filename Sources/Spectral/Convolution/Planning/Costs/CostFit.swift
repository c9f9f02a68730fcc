internal import Tensors

extension CostModel {
  /// The model nearest to this one that agrees with measurements.
  ///
  /// With c⁰ the constants of this model and z·c⁰ those of the result, it minimizes
  /// Σₛ wₛ·(Σᵢ aₛᵢ·zᵢ·c⁰ᵢ / tₛ − 1)² + λ·Σᵢ (zᵢ − m)² over z ≥ 0, where m is the median of measured over predicted times:
  /// errors are relative, and a constant about which no measurement says anything follows the others. That weighs
  /// predictions that are too long more than those that are too short; it is done again with √(tₛ·predicted) in the place
  /// of tₛ, which weighs them alike.
  ///
  /// - Parameters:
  ///   - samples: The measurements, at least one.
  ///   - regularization: λ.
  /// - Returns: The fitted model.
  public func fitted(to samples: [CostSample], regularization: Double = 1e-3) -> CostModel {
    precondition(!samples.isEmpty, "expected at least one measurement, got none")
    var model = self
    for round in 0..<3 {
      var fit = CostFit(self, samples.map { ($0, round == 0 ? $0.seconds : model.balanced($0)) }, regularization)
      fit.solve()
      model = fit.model
    }
    return model
  }

  /// The geometric mean of the measured and the predicted time.
  private func balanced(_ sample: CostSample) -> Double { (sample.seconds * seconds(of: sample.profile)).squareRoot() }
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

  init(_ model: CostModel, _ samples: [(CostSample, scale: Double)], _ regularization: Double) {
    start = model
    self.regularization = regularization
    columns = Self.columns(model, samples)
    factors = columns.map { _ in 1 }
    residuals = samples.map { ($0.seconds - model.seconds(of: $0.profile)) / $1 * $0.weight.squareRoot() }
    let ratios = samples.map { sample, _ in sample.seconds / model.seconds(of: sample.profile) }.sorted()
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
  private static func columns(_ model: CostModel, _ samples: [(CostSample, scale: Double)]) -> [[(
    sample: Int, share: Double
  )]] {
    var first: [CostQuantity: Int] = [:]
    var count = 0
    for quantity in CostQuantity.allCases {
      first[quantity] = count
      count += quantity.knots.count
    }
    var columns = [[(sample: Int, share: Double)]](repeating: [], count: count)
    for (number, (sample, scale)) in samples.enumerated() {
      var shares: [Int: Double] = [:]
      for item in sample.profile.items {
        for (knot, weight) in item.quantity.weights(at: item.size) {
          let seconds = item.amount * weight * model.seconds[item.quantity]![knot]
          shares[first[item.quantity]! + knot, default: 0] += seconds / scale * sample.weight.squareRoot()
        }
      }
      for (place, share) in shares.sorted(by: { $0.key < $1.key }) { columns[place].append((number, share)) }
    }
    return columns
  }
}
