/// What is made small besides the loss, and how gradients are limited.
public struct Regularization: Equatable, Sendable {
  /// λ of the L2 penalty ½·λ·‖p‖² on all trained parameters, which is added to the loss.
  public var penalty: Double
  /// The largest norm of the gradient of all parameters together; `nil` for no limit.
  ///
  /// A larger gradient is scaled down to it, as `torch.nn.utils.clip_grad_norm_` does.
  public var largestGradientNorm: Double?

  /// Creates settings; by default nothing is penalised or limited.
  ///
  /// - Parameters:
  ///   - penalty: λ ≥ 0.
  ///   - largestGradientNorm: Above 0, or `nil`.
  public init(penalty: Double = 0, largestGradientNorm: Double? = nil) {
    precondition(penalty >= 0, "expected a penalty of at least 0, got \(penalty)")
    precondition((largestGradientNorm ?? 1) > 0, "expected a norm above 0, got \(largestGradientNorm ?? 1)")
    self.penalty = penalty
    self.largestGradientNorm = largestGradientNorm
  }

  /// Whether the gradient of the whole batch must be known before the first parameter changes.
  var needsWholeGradient: Bool { penalty > 0 || largestGradientNorm != nil }

  /// What a gradient is multiplied by.
  func factor(ofNorm norm: Double) -> Double {
    guard let largestGradientNorm else { return 1 }
    return min(1, largestGradientNorm / (norm + 1e-6))
  }
}
