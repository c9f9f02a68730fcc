internal import CKernels

/// The mean squared error: for each item the mean of (y − t)² over its outputs, as `torch.nn.MSELoss`.
public struct MeanSquaredError: Loss {
  /// What the outputs of a classifier should be.
  public let classTargets: ClassTargets

  /// Creates the loss.
  ///
  /// - Parameter classTargets: What the outputs of a classifier should be, such as 1 and −1 after ``Tanh``.
  public init(classTargets: ClassTargets = ClassTargets()) { self.classTargets = classTargets }

  /// Computes the losses of some items of a batch and their gradient.
  public func evaluate<S: NetworkScalar>(
    _ outputs: Span<S>, targets: Span<S>, count: Int, scale: S, gradient: inout MutableSpan<S>
  ) -> Double {
    mean(kernel_squared_loss, outputs, targets, count, scale, &gradient)
  }
}

/// The mean absolute error: for each item the mean of |y − t| over its outputs, with gradient 0 at 0; as
/// `torch.nn.L1Loss`.
public struct MeanAbsoluteError: Loss {
  /// What the outputs of a classifier should be.
  public let classTargets: ClassTargets

  /// Creates the loss.
  ///
  /// - Parameter classTargets: What the outputs of a classifier should be.
  public init(classTargets: ClassTargets = ClassTargets()) { self.classTargets = classTargets }

  /// Computes the losses of some items of a batch and their gradient.
  public func evaluate<S: NetworkScalar>(
    _ outputs: Span<S>, targets: Span<S>, count: Int, scale: S, gradient: inout MutableSpan<S>
  ) -> Double {
    mean(kernel_absolute_loss, outputs, targets, count, scale, &gradient)
  }
}

/// Huber's loss: for each item the mean over its outputs of ½·d² up to |d| = δ, then δ·(|d| − ½·δ), d = y − t; as
/// `torch.nn.HuberLoss`.
///
/// P. J. Huber, *Robust estimation of a location parameter*, Annals of Mathematical Statistics 35, 1964.
public struct HuberLoss: Loss {
  /// δ, where the parabola becomes a line.
  public let delta: Double
  /// What the outputs of a classifier should be.
  public let classTargets: ClassTargets

  /// Creates the loss.
  ///
  /// - Parameters:
  ///   - delta: δ > 0.
  ///   - classTargets: What the outputs of a classifier should be.
  public init(delta: Double = 1, classTargets: ClassTargets = ClassTargets()) {
    precondition(delta > 0, "expected a delta above 0, got \(delta)")
    self.delta = delta
    self.classTargets = classTargets
  }

  /// Computes the losses of some items of a batch and their gradient.
  public func evaluate<S: NetworkScalar>(
    _ outputs: Span<S>, targets: Span<S>, count: Int, scale: S, gradient: inout MutableSpan<S>
  ) -> Double {
    mean(kernel_huber_loss, outputs, targets, count, scale, &gradient, delta: S(delta))
  }
}

/// The binary cross-entropy of logits: for each item the mean over its outputs of log(1 + eᶻ) − t·z, as
/// `torch.nn.BCEWithLogitsLoss`.
///
/// Computed as max(z, 0) − t·z + log(1 + e^(−|z|)), which does not overflow.
public struct BinaryCrossEntropy: Loss {
  /// Creates the loss.
  public init() {}

  /// Computes the losses of some items of a batch and their gradient.
  public func evaluate<S: NetworkScalar>(
    _ outputs: Span<S>, targets: Span<S>, count: Int, scale: S, gradient: inout MutableSpan<S>
  ) -> Double {
    mean(kernel_logistic_loss, outputs, targets, count, scale, &gradient)
  }
}

extension Loss {
  /// The sum over items of the mean of a function over each item's outputs.
  fileprivate func mean<S: NetworkScalar>(
    _ function: kernel_loss, _ outputs: Span<S>, _ targets: Span<S>, _ count: Int, _ scale: S,
    _ gradient: inout MutableSpan<S>, delta: S = 1
  ) -> Double {
    check(outputs, targets, gradient, count)
    guard count > 0 else { return 0 }
    let size = outputs.count / count
    return outputs.withUnsafeBufferPointer { outputs in
      targets.withUnsafeBufferPointer { targets in
        gradient.withUnsafeMutableBufferPointer {
          S.layerFunctions.losses.sum(
            outputs.count, function, delta, outputs.baseAddress!, targets.baseAddress!, scale / S(size),
            $0.baseAddress!) / Double(size)
        }
      }
    }
  }
}
