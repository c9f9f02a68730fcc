/// A layer that is ready to compute, for one input shape in one precision.
///
/// The case says what the executor must provide: memory for outputs, or none, or a meeting of all parts of a batch.
public enum LayerPlan<S: NetworkScalar>: Sendable {
  /// The same numbers under another shape; nothing to compute.
  case view
  /// Changes numbers where they lie.
  case inPlace(any InPlacePlan<S>)
  /// Reads one tensor and writes another.
  case mapping(any MappingPlan<S>)
  /// Reads one tensor and writes another, and needs sums over the whole batch in between.
  case batch(any BatchPlan<S>)
}

/// Which items of which step a call computes: what a random number may depend on.
public struct PassPlace: Sendable {
  /// The steps made before this one.
  public let step: Int
  /// The place of the call's first item in its batch.
  public let firstItem: Int

  /// Names a place.
  public init(step: Int, firstItem: Int) {
    self.step = step
    self.firstItem = firstItem
  }
}

/// A layer that changes numbers where they lie, and whose gradient follows from its outputs, or its place, alone.
public protocol InPlacePlan<S>: Sendable {
  /// The precision.
  associatedtype S: NetworkScalar

  /// Replaces inputs by outputs.
  ///
  /// - Parameters:
  ///   - values: The numbers of some items.
  ///   - place: Which items they are.
  func apply(_ values: inout MutableSpan<S>, at place: PassPlace)

  /// Replaces the gradient with respect to the outputs by that with respect to the inputs.
  ///
  /// - Parameters:
  ///   - outputs: What ``apply(_:at:)`` left.
  ///   - gradient: As many numbers.
  ///   - place: Which items they are.
  func backpropagate(_ outputs: Span<S>, _ gradient: inout MutableSpan<S>, at place: PassPlace)
}
