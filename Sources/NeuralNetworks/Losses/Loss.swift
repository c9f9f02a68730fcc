/// A loss of classification: a number per item from the network's outputs and the true class.
///
/// The loss of a batch is the mean over its items.
public protocol Loss: Sendable {
  /// Computes the losses of some items of a batch and their gradient.
  ///
  /// - Parameters:
  ///   - outputs: `[labels.count, classes]`.
  ///   - labels: The true classes, each within the number of classes.
  ///   - scale: What the gradient is multiplied by: 1 / the size of the batch.
  ///   - gradient: Overwritten with `scale` times the gradient with respect to the outputs.
  /// - Returns: The sum of the losses.
  func evaluate<S: NetworkScalar>(
    _ outputs: Span<S>, labels: Span<Int32>, scale: S, gradient: inout MutableSpan<S>
  ) -> Double
}
