import Foundation

/// How the learning rate changes from epoch to epoch, as a factor of the first one.
public enum LearningRateSchedule: Equatable, Sendable {
  /// It does not.
  case constant
  /// Multiplied by `factor` after every so many epochs, as `torch.optim.lr_scheduler.StepLR`.
  case step(every: Int, factor: Double = 0.1)
  /// Rises in equal steps over the first epochs, then falls along half a cosine to `last` of itself:
  /// last + (1 − last)·½·(1 + cos(π·(e − warmUp)/(E − warmUp))) in epoch e of E, counted from 0; as PyTorch's
  /// `CosineAnnealingLR` after a warm-up.
  ///
  /// I. Loshchilov and F. Hutter, *SGDR: stochastic gradient descent with warm restarts*, ICLR 2017.
  case cosine(warmUp: Int = 0, last: Double = 0)

  /// The factor of one epoch.
  ///
  /// - Parameters:
  ///   - epoch: The epoch, from 0.
  ///   - epochs: The number of epochs.
  /// - Returns: What the first learning rate is multiplied by.
  public func factor(epoch: Int, of epochs: Int) -> Double {
    switch self {
    case .constant: return 1
    case .step(let every, let factor):
      precondition(every >= 1, "expected steps of at least 1 epoch, got \(every)")
      return pow(factor, Double(epoch / every))
    case .cosine(let warmUp, let last):
      if epoch < warmUp { return Double(epoch + 1) / Double(warmUp + 1) }
      let progress = Double(epoch - warmUp) / Double(max(1, epochs - warmUp))
      return last + (1 - last) * (1 + cos(.pi * progress)) / 2
    }
  }
}
