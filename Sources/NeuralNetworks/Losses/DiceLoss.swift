/// The soft Dice loss of logits, for segmentation: for each item 1 − (2·Σ p·t + s)/(Σ p + Σ t + s) over all its outputs,
/// with p = 1/(1 + e⁻ᶻ).
///
/// F. Milletari, N. Navab and S.-A. Ahmadi, *V-Net*, 3DV 2016, with sums of p and t instead of their squares.
public struct DiceLoss: Loss {
  /// s, which keeps the loss defined where nothing is there.
  public let smoothing: Double

  /// Creates the loss.
  ///
  /// - Parameter smoothing: s > 0.
  public init(smoothing: Double = 1) {
    precondition(smoothing > 0, "expected a smoothing above 0, got \(smoothing)")
    self.smoothing = smoothing
  }

  /// Computes the losses of some items of a batch and their gradient.
  public func evaluate<S: NetworkScalar>(
    _ outputs: Span<S>, targets: Span<S>, count: Int, scale: S, gradient: inout MutableSpan<S>
  ) -> Double {
    check(outputs, targets, gradient, count)
    guard count > 0 else { return 0 }
    return outputs.withUnsafeBufferPointer { outputs in
      targets.withUnsafeBufferPointer { targets in
        gradient.withUnsafeMutableBufferPointer {
          S.layerFunctions.losses.dice(
            count, outputs.count / count, S(smoothing), outputs.baseAddress!, targets.baseAddress!, scale,
            $0.baseAddress!)
        }
      }
    }
  }
}
