/// A layer whose every output depends on the whole batch, such as a batch normalization in training.
///
/// The parts of a batch each compute sums, the sums meet and are combined in the order of the parts, and then each part
/// computes its outputs; the gradients go the same way back. Sums are kept in `Double`.
public protocol BatchPlan<S>: Sendable {
  /// The precision.
  associatedtype S: NetworkScalar

  /// The numbers that a part hands in, and those that all parts receive; forward and back.
  var sumCount: Int { get }

  /// The smallest number of items that a batch may have.
  var smallestBatch: Int { get }

  /// Computes the sums of one part.
  ///
  /// - Parameters:
  ///   - input: The inputs of `count` items.
  ///   - count: The number of items.
  ///   - sums: Overwritten.
  func collect(_ input: Span<S>, count: Int, into sums: inout MutableSpan<Double>)

  /// Combines the sums of all parts into the statistics of the batch.
  ///
  /// - Parameters:
  ///   - parts: The sums of one part after the other.
  ///   - counts: The number of items of each part.
  ///   - statistics: Overwritten.
  func combine(_ parts: Span<Double>, counts: Span<Int>, into statistics: inout MutableSpan<Double>)

  /// Computes the outputs of one part.
  ///
  /// - Parameters:
  ///   - input: The inputs of `count` items.
  ///   - count: The number of items.
  ///   - parameters: The layer's parameters.
  ///   - statistics: Those of the batch.
  ///   - output: Overwritten.
  func forward(
    _ input: Span<S>, count: Int, parameters: Span<S>, statistics: Span<Double>, into output: inout MutableSpan<S>)

  /// Computes the sums of one part that the gradients need.
  ///
  /// - Parameters:
  ///   - outputGradient: The gradient with respect to the outputs.
  ///   - input: The inputs of the forward pass.
  ///   - output: Its outputs.
  ///   - count: The number of items.
  ///   - statistics: Those of the batch.
  ///   - sums: Overwritten.
  func collectGradient(
    _ outputGradient: Span<S>, input: Span<S>, output: Span<S>, count: Int, statistics: Span<Double>,
    into sums: inout MutableSpan<Double>)

  /// Adds the sums of all parts in their order.
  ///
  /// - Parameters:
  ///   - parts: The sums of one part after the other.
  ///   - counts: The number of items of each part.
  ///   - statistics: Those of the batch.
  ///   - sums: Overwritten.
  ///   - gradient: One number per parameter, added to; empty where the parameters are not trained.
  func combineGradient(
    _ parts: Span<Double>, counts: Span<Int>, statistics: Span<Double>, into sums: inout MutableSpan<Double>,
    addingTo gradient: inout MutableSpan<S>)

  /// Computes the gradient with respect to the inputs of one part.
  ///
  /// - Parameters:
  ///   - outputGradient: The gradient with respect to the outputs.
  ///   - input: The inputs of the forward pass.
  ///   - output: Its outputs.
  ///   - count: The number of items.
  ///   - parameters: The layer's parameters.
  ///   - statistics: Those of the batch.
  ///   - sums: What ``combineGradient(_:counts:statistics:into:addingTo:)`` made.
  ///   - inputGradient: Overwritten.
  func inputGradient(
    _ outputGradient: Span<S>, input: Span<S>, output: Span<S>, count: Int, parameters: Span<S>,
    statistics: Span<Double>, sums: Span<Double>, into inputGradient: inout MutableSpan<S>)

  /// Lets the state of the layer follow the statistics of a batch.
  ///
  /// - Parameters:
  ///   - state: The layer's state, one tensor after the other.
  ///   - statistics: Those of the batch.
  ///   - count: The number of items of the batch.
  func update(_ state: inout MutableSpan<S>, statistics: Span<Double>, count: Int)
}
