internal import CKernels

/// RMSProp, as `torch.optim.RMSprop`.
///
/// g ← ∇L + weightDecay·p;  s ← smoothing·s + (1 − smoothing)·g²;  v ← momentum·v + g/(√s + epsilon);
/// p ← p − learningRate·v.
///
/// T. Tieleman and G. Hinton, *Lecture 6.5: rmsprop*, Coursera: Neural networks for machine learning, 2012.
public struct RMSProp: Optimizer {
  /// The step size.
  public var learningRate: Double
  /// The share of the old mean square that is kept.
  public var smoothing: Double
  /// What keeps the denominator from 0.
  public var epsilon: Double
  /// The share of the last step's direction that is kept.
  public var momentum: Double
  /// The factor of the L2 penalty ½·weightDecay·‖p‖².
  public var weightDecay: Double

  /// Creates an optimizer.
  ///
  /// - Parameters:
  ///   - learningRate: The step size.
  ///   - smoothing: The share of the old mean square that is kept.
  ///   - epsilon: What keeps the denominator from 0.
  ///   - momentum: The share of the last step's direction that is kept.
  ///   - weightDecay: The factor of the L2 penalty.
  public init(
    learningRate: Double = 0.01, smoothing: Double = 0.99, epsilon: Double = 1e-8, momentum: Double = 0,
    weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.smoothing = smoothing
    self.epsilon = epsilon
    self.momentum = momentum
    self.weightDecay = weightDecay
  }

  /// Changes some of the parameters by one step.
  ///
  /// - Parameters:
  ///   - parameters: The parameters.
  ///   - gradient: The gradient of the loss.
  ///   - first: The mean square s.
  ///   - second: The velocity v.
  ///   - step: Not needed.
  public func update<S: NetworkScalar>(
    _ parameters: inout MutableSpan<S>, gradient: Span<S>, first: inout MutableSpan<S>, second: inout MutableSpan<S>,
    step: Int
  ) {
    let count = parameters.count
    checkCounts(count, [gradient.count, first.count, second.count])
    let step = kernel_rmsprop_step(
      rate: learningRate, smoothing: smoothing, epsilon: epsilon, momentum: momentum, decay: weightDecay)
    gradient.withUnsafeBufferPointer { gradient in
      first.withUnsafeMutableBufferPointer { squares in
        second.withUnsafeMutableBufferPointer { velocity in
          parameters.withUnsafeMutableBufferPointer {
            S.layerFunctions.optimizers.rmsProp(
              count, step, gradient.baseAddress!, squares.baseAddress!, velocity.baseAddress!, $0.baseAddress!)
          }
        }
      }
    }
  }
}
