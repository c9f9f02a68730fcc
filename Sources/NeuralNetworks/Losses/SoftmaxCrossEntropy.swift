/// The cross-entropy −log softmax(z)ᵧ of logits z and the true class y, as `torch.nn.CrossEntropyLoss`.
///
/// Computed as log Σⱼ e^(zⱼ − max z) + max z − zᵧ, which neither overflows nor loses small differences; the gradient is
/// softmax(z) − one-hot(y).
public struct SoftmaxCrossEntropy: Loss {
  /// Creates the loss.
  public init() {}

  /// Computes the losses of some items of a batch and their gradient.
  ///
  /// - Parameters:
  ///   - outputs: The logits, `[labels.count, classes]`.
  ///   - labels: The true classes, each within the number of classes; others trap.
  ///   - scale: What the gradient is multiplied by.
  ///   - gradient: Overwritten.
  /// - Returns: The sum of the losses.
  public func evaluate<S: NetworkScalar>(
    _ outputs: Span<S>, labels: Span<Int32>, scale: S, gradient: inout MutableSpan<S>
  ) -> Double {
    guard labels.count > 0 else { return 0 }
    let classes = outputs.count / labels.count
    precondition(
      classes * labels.count == outputs.count && gradient.count == outputs.count,
      "expected \(labels.count) rows of outputs and gradient, got \(outputs.count) and \(gradient.count) numbers")
    return outputs.withUnsafeBufferPointer { logits in
      labels.withUnsafeBufferPointer { labels in
        precondition(
          labels.allSatisfy { $0 >= 0 && $0 < classes }, "expected labels within 0..<\(classes), got \(Array(labels))")
        return gradient.withUnsafeMutableBufferPointer {
          S.layerFunctions.crossEntropy(
            labels.count, classes, logits.baseAddress!, labels.baseAddress!, scale, $0.baseAddress!)
        }
      }
    }
  }
}
