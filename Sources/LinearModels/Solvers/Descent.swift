import Tensors

/// A function that can be minimised by its gradient.
protocol DifferentiableObjective {
  /// The value at a point; writes the gradient, of the point's shape.
  mutating func evaluate(at parameters: Tensor<Double>, gradient: inout Tensor<Double>) -> Double

  /// What rounding may add to the value, relative to the larger of its magnitude and 1.
  var rounding: Double { get }
}

/// Where a minimisation ended.
struct Minimum {
  let point: Tensor<Double>
  let value: Double
  let gradientNorm: Double
  let iterations: Int
}

/// A point that moves to lower ones: its value, its gradient, and where it was before.
struct Descent {
  private(set) var point: Tensor<Double>
  private(set) var gradient: Tensor<Double>
  private(set) var value: Double
  private(set) var previousPoint: Tensor<Double>
  private(set) var previousGradient: Tensor<Double>

  init(_ objective: inout some DifferentiableObjective, _ start: Tensor<Double>) {
    point = start
    gradient = .zeros(start.shape)
    previousPoint = .zeros(start.shape)
    previousGradient = .zeros(start.shape)
    value = objective.evaluate(at: start, gradient: &gradient)
  }

  var gradientNorm: Double { gradient.dot(gradient).squareRoot() }

  /// Moves along a direction as far as the value decreases enough, halving the step; false when it never does.
  mutating func move(along direction: Tensor<Double>, _ objective: inout some DifferentiableObjective) -> Bool {
    let slope = gradient.dot(direction)
    guard slope < 0 else { return false }
    let rounding = objective.rounding * max(1, abs(value))
    var length = 1.0
    for _ in 0..<40 {
      previousPoint.copyElements(of: point)
      previousPoint.add(direction, times: length)
      let trialValue = objective.evaluate(at: previousPoint, gradient: &previousGradient)
      if trialValue <= value + 1e-4 * length * slope + rounding {
        swap(&point, &previousPoint)
        swap(&gradient, &previousGradient)
        value = trialValue
        return true
      }
      length /= 2
    }
    return false
  }
}
