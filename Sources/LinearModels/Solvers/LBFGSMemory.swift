import Tensors

/// The last steps of L-BFGS and the two loops that turn them and a gradient into a direction.
struct LBFGSMemory {
  /// The initial Hessian; the identity when `nil`.
  var preconditioner: (any Preconditioner)?

  /// What ``findDirection(_:)`` found.
  private(set) var direction: Tensor<Double>

  private var steps: [Tensor<Double>]
  private var changes: [Tensor<Double>]
  private var curvatures: [Double]
  private var coefficients: [Double]
  private var scratch: Tensor<Double>
  private var (first, count) = (0, 0)

  init(shape: [Int], capacity: Int) {
    direction = .zeros(shape)
    scratch = .zeros(shape)
    steps = (0..<capacity).map { _ in .zeros(shape) }
    changes = (0..<capacity).map { _ in .zeros(shape) }
    curvatures = [Double](repeating: 0, count: capacity)
    coefficients = [Double](repeating: 0, count: capacity)
  }

  var isEmpty: Bool { count == 0 }

  mutating func removeAll() { count = 0 }

  /// Remembers the step between two points and the change of the gradient, unless rounding has eaten its curvature.
  mutating func remember(
    from old: (point: Tensor<Double>, gradient: Tensor<Double>),
    to new: (point: Tensor<Double>, gradient: Tensor<Double>)
  ) {
    let slot = (first + count) % steps.count
    steps[slot].copyElements(of: new.point)
    steps[slot].add(old.point, times: -1)
    changes[slot].copyElements(of: new.gradient)
    changes[slot].add(old.gradient, times: -1)
    let curvature = steps[slot].dot(changes[slot])
    let squares = steps[slot].dot(steps[slot]) * changes[slot].dot(changes[slot])
    guard curvature > Double.epsilon * squares.squareRoot() else { return }
    curvatures[slot] = curvature
    if count < steps.count { count += 1 } else { first = (first + 1) % steps.count }
  }

  /// Sets ``direction`` to −H·gradient, H being the inverse Hessian that the memory implies.
  mutating func findDirection(_ gradient: Tensor<Double>) {
    direction.copyElements(of: gradient)
    for age in 0..<count {
      let slot = (first + count - 1 - age) % steps.count
      coefficients[slot] = steps[slot].dot(direction) / curvatures[slot]
      direction.add(changes[slot], times: -coefficients[slot])
    }
    let scale = initialScale()
    preconditioner?.solve(&direction)
    direction.scale(by: scale)
    for age in 0..<count {
      let slot = (first + age) % steps.count
      let correction = changes[slot].dot(direction) / curvatures[slot]
      direction.add(steps[slot], times: coefficients[slot] - correction)
    }
    direction.scale(by: -1)
  }

  /// sᵀy / yᵀB⁻¹y of the newest step, which fits the preconditioner's size to the curvature seen.
  private mutating func initialScale() -> Double {
    guard count > 0 else { return 1 }
    let newest = (first + count - 1) % steps.count
    scratch.copyElements(of: changes[newest])
    preconditioner?.solve(&scratch)
    let curvature = changes[newest].dot(scratch)
    return curvature > 0 ? curvatures[newest] / curvature : 1
  }
}

extension Tensor where Element == Double {
  /// Overwrites the elements with those of a tensor of the same shape, keeping the memory.
  mutating func copyElements(of other: Tensor) {
    precondition(shape == other.shape, "expected shape \(shape), got \(other.shape)")
    withUnsafeMutableBufferPointer { target in
      other.withUnsafeBufferPointer { _ = target.update(from: $0) }
    }
  }

  /// Multiplies every element by a number.
  mutating func scale(by factor: Double) {
    withUnsafeMutableBufferPointer { target in
      for index in target.indices { target[index] *= factor }
    }
  }
}
