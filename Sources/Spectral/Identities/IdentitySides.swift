internal import Numerics
internal import Tensors

/// The two sides of an identity in one precision, and how far rounding may part them: ‖left − right‖₂ ≤ c·ε·scale.
struct IdentitySides<S: SpectralScalar> {
  private var left: Tensor<S>
  private let right: Tensor<S>
  private let scale: S
  private let constant: Double

  /// Sides of real numbers.
  ///
  /// - Parameters:
  ///   - left: The left side, which an injected fault changes.
  ///   - right: The right side, of the same shape.
  ///   - scale: What the difference is divided by.
  ///   - constant: The bound c in units of ε.
  init(_ left: Tensor<S>, _ right: Tensor<S>, scale: S, constant: Double) {
    self.left = left
    self.right = right
    self.scale = scale
    self.constant = constant
  }

  /// Sides of complex numbers.
  init(_ left: Tensor<Complex<S>>, _ right: Tensor<Complex<S>>, scale: S, constant: Double) {
    self.init(parts(left), parts(right), scale: scale, constant: constant)
  }

  /// The relative difference between the sides.
  var error: Double { Double((left - right).norm) / Double(scale) }

  /// What the error may be at most.
  var bound: Double { constant * Double(S.epsilon) }

  /// Changes one number of the left side by a hundredth of the scale.
  mutating func injectFault(_ stream: RandomStream) {
    var stream = stream
    let place = stream.integer(in: 0..<left.count)
    let fault = scale / 100
    left.withUnsafeMutableBufferPointer { $0[place] += fault }
  }
}
