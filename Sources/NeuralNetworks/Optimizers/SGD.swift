internal import CKernels

/// Stochastic gradient descent with momentum, as `torch.optim.SGD`.
///
/// g ← ∇L + weightDecay·p;  v ← momentum·v + g;  p ← p − learningRate·v, or with Nesterov's momentum
/// p ← p − learningRate·(g + momentum·v).
///
/// I. Sutskever, J. Martens, G. Dahl and G. Hinton, *On the importance of initialization and momentum in deep learning*,
/// ICML 2013.
public struct SGD: Optimizer {
  /// The step size.
  public var learningRate: Double
  /// The share of the last step's direction that is kept.
  public var momentum: Double
  /// The factor of the L2 penalty ½·weightDecay·‖p‖².
  public var weightDecay: Double
  /// Whether the gradient looks ahead along the velocity.
  public var isNesterov: Bool

  /// Creates an optimizer.
  ///
  /// - Parameters:
  ///   - learningRate: The step size.
  ///   - momentum: The share of the last step's direction that is kept.
  ///   - weightDecay: The factor of the L2 penalty.
  ///   - isNesterov: Whether the gradient looks ahead along the velocity; needs a momentum above 0.
  public init(learningRate: Double, momentum: Double = 0, weightDecay: Double = 0, isNesterov: Bool = false) {
    precondition(!isNesterov || momentum > 0, "expected a momentum above 0 for Nesterov's, got \(momentum)")
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.isNesterov = isNesterov
  }

  /// Changes some of the parameters by one step.
  ///
  /// - Parameters:
  ///   - parameters: The parameters.
  ///   - gradient: The gradient of the loss.
  ///   - first: The velocity v.
  ///   - second: Not needed.
  ///   - step: Not needed.
  public func update<S: NetworkScalar>(
    _ parameters: inout MutableSpan<S>, gradient: Span<S>, first: inout MutableSpan<S>, second: inout MutableSpan<S>,
    step: Int
  ) {
    let count = parameters.count
    checkCounts(count, [gradient.count, first.count])
    gradient.withUnsafeBufferPointer { gradient in
      first.withUnsafeMutableBufferPointer { velocity in
        parameters.withUnsafeMutableBufferPointer {
          let step = kernel_sgd_step(
            rate: learningRate, momentum: momentum, decay: weightDecay, nesterov: isNesterov ? 1 : 0)
          S.layerFunctions.optimizers.sgd(
            count, step, gradient.baseAddress!, velocity.baseAddress!, $0.baseAddress!)
        }
      }
    }
  }
}
