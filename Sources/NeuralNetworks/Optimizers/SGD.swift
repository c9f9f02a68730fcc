import Tensors

/// Stochastic gradient descent with momentum, as `torch.optim.SGD`.
///
/// g ← ∇L + weightDecay·p;  v ← momentum·v + g;  p ← p − learningRate·v.
public struct SGD: Optimizer {
  /// The step size.
  public var learningRate: Double
  /// The share of the last step's direction that is kept.
  public var momentum: Double
  /// The factor of the L2 penalty ½·weightDecay·‖p‖².
  public var weightDecay: Double

  /// Creates an optimizer.
  ///
  /// - Parameters:
  ///   - learningRate: The step size.
  ///   - momentum: The share of the last step's direction that is kept.
  ///   - weightDecay: The factor of the L2 penalty.
  public init(learningRate: Double, momentum: Double = 0, weightDecay: Double = 0) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
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
          S.layerFunctions.sgd(
            count, S(learningRate), S(momentum), S(weightDecay), gradient.baseAddress!, velocity.baseAddress!,
            $0.baseAddress!)
        }
      }
    }
  }
}
