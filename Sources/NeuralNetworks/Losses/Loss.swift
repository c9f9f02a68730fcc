/// A loss: a number per item from the network's outputs and their targets.
///
/// Targets have the shape of the outputs. Those of a class are a row of numbers, ``classTargets``. The loss of a batch is
/// the mean over its items, or where they have weights the weighted mean.
public protocol Loss: Sendable {
  /// What the outputs of a classifier should be.
  var classTargets: ClassTargets { get }

  /// The weight of some items in the mean over a batch.
  ///
  /// - Parameters:
  ///   - targets: The targets of `count` items.
  ///   - count: The number of items.
  /// - Returns: The sum of their weights.
  func weight<S: NetworkScalar>(of targets: Span<S>, count: Int) -> Double

  /// Computes the losses of some items of a batch and their gradient.
  ///
  /// - Parameters:
  ///   - outputs: The outputs of `count` items.
  ///   - targets: As many numbers.
  ///   - count: The number of items.
  ///   - scale: What the gradient is multiplied by: 1 / the weight of the batch.
  ///   - gradient: Overwritten with `scale` times the gradient with respect to the outputs.
  /// - Returns: The weighted sum of the losses.
  func evaluate<S: NetworkScalar>(
    _ outputs: Span<S>, targets: Span<S>, count: Int, scale: S, gradient: inout MutableSpan<S>
  ) -> Double
}

/// The targets of a classifier: one number for the true class and one for the others.
public struct ClassTargets: Equatable, Sendable {
  /// The target of the output of the true class.
  public let on: Double
  /// The target of the others.
  public let off: Double

  /// Creates targets.
  ///
  /// - Parameters:
  ///   - on: For the true class.
  ///   - off: For the others.
  public init(on: Double = 1, off: Double = 0) {
    self.on = on
    self.off = off
  }
}

extension Loss {
  /// 1 and 0.
  public var classTargets: ClassTargets { ClassTargets() }

  /// 1 for each item.
  public func weight<S: NetworkScalar>(of targets: Span<S>, count: Int) -> Double { Double(count) }

  /// Traps when targets or gradient do not fit the outputs.
  func check<S: NetworkScalar>(
    _ outputs: Span<S>, _ targets: Span<S>, _ gradient: borrowing MutableSpan<S>, _ count: Int
  ) {
    precondition(
      targets.count == outputs.count && gradient.count == outputs.count && outputs.count % max(1, count) == 0,
      "expected \(count) rows of outputs, targets and gradient, got \(outputs.count), \(targets.count) and "
        + "\(gradient.count) numbers")
  }
}
