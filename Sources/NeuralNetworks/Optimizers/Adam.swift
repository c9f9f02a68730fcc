internal import CKernels
import Foundation

/// Adam, as `torch.optim.Adam` and, with decoupled decay, `torch.optim.AdamW`.
///
/// m ← β₁·m + (1 − β₁)·g;  v ← β₂·v + (1 − β₂)·g²;
/// p ← p − learningRate/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + epsilon).
///
/// D. P. Kingma and J. Ba, *Adam: a method for stochastic optimization*, ICLR 2015; decoupled decay: I. Loshchilov and
/// F. Hutter, *Decoupled weight decay regularization*, ICLR 2019.
public struct Adam: Optimizer {
  /// How weight decay acts.
  public enum Decay: Sendable {
    /// As an L2 penalty: weightDecay·p is added to the gradient.
    case penalty
    /// On the parameters directly: p ← (1 − learningRate·weightDecay)·p before the step.
    case decoupled
  }

  /// The step size.
  public var learningRate: Double
  /// β₁ and β₂, the shares of the old moments that are kept.
  public var betas: (Double, Double)
  /// What keeps the denominator from 0.
  public var epsilon: Double
  /// The factor of the weight decay.
  public var weightDecay: Double
  /// How weight decay acts.
  public var decay: Decay

  /// Creates an optimizer.
  ///
  /// - Parameters:
  ///   - learningRate: The step size.
  ///   - betas: β₁ and β₂.
  ///   - epsilon: What keeps the denominator from 0.
  ///   - weightDecay: The factor of the weight decay.
  ///   - decay: How weight decay acts.
  public init(
    learningRate: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8,
    weightDecay: Double = 0, decay: Decay = .penalty
  ) {
    self.learningRate = learningRate
    self.betas = betas
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.decay = decay
  }

  /// Changes some of the parameters by one step.
  ///
  /// - Parameters:
  ///   - parameters: The parameters.
  ///   - gradient: The gradient of the loss.
  ///   - first: The first moment m.
  ///   - second: The second moment v.
  ///   - step: t, from 1.
  public func update<S: NetworkScalar>(
    _ parameters: inout MutableSpan<S>, gradient: Span<S>, first: inout MutableSpan<S>, second: inout MutableSpan<S>,
    step: Int
  ) {
    let count = parameters.count
    checkCounts(count, [gradient.count, first.count, second.count])
    gradient.withUnsafeBufferPointer { gradient in
      first.withUnsafeMutableBufferPointer { first in
        second.withUnsafeMutableBufferPointer { second in
          parameters.withUnsafeMutableBufferPointer {
            S.layerFunctions.optimizers.adam(
              count, coefficients(step), gradient.baseAddress!, first.baseAddress!, second.baseAddress!,
              $0.baseAddress!)
          }
        }
      }
    }
  }

  private func coefficients(_ step: Int) -> kernel_adam_step {
    kernel_adam_step(
      rate: learningRate / (1 - pow(betas.0, Double(step))), beta1: betas.0, beta2: betas.1, epsilon: epsilon,
      root_scale: 1 / (1 - pow(betas.1, Double(step))).squareRoot(),
      shrink: decay == .decoupled ? 1 - learningRate * weightDecay : 1, decay: decay == .penalty ? weightDecay : 0)
  }
}
