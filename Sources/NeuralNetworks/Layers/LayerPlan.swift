import Tensors

/// A layer that is ready to compute, for one input shape in one precision.
///
/// The case says what the executor must provide: memory for outputs, or none.
public enum LayerPlan<S: NetworkScalar>: Sendable {
  /// The same numbers under another shape; nothing to compute.
  case view
  /// Changes numbers where they lie.
  case inPlace(any InPlacePlan<S>)
  /// Reads one tensor and writes another.
  case mapping(any MappingPlan<S>)
}

/// A layer that changes numbers where they lie, and whose gradient follows from its outputs alone.
public protocol InPlacePlan<S>: Sendable {
  /// The precision.
  associatedtype S: NetworkScalar

  /// Replaces inputs by outputs.
  ///
  /// - Parameter values: The numbers of any number of items.
  func apply(_ values: inout MutableSpan<S>)

  /// Replaces the gradient with respect to the outputs by that with respect to the inputs.
  ///
  /// - Parameters:
  ///   - outputs: What ``apply(_:)`` left.
  ///   - gradient: As many numbers.
  func backpropagate(_ outputs: Span<S>, _ gradient: inout MutableSpan<S>)
}

/// A layer that reads one tensor and writes another.
///
/// A plan is immutable and shared by all threads. What depends on the parameters and is worth computing once per step
/// is its ``Prepared``; what one thread needs while it works is its ``Scratch``. All methods work on `count` items that
/// lie one after the other.
public protocol MappingPlan<S>: Sendable {
  /// The precision.
  associatedtype S: NetworkScalar
  /// What is computed once from the parameters of each step.
  associatedtype Prepared: Sendable
  /// What one thread needs while it works.
  associatedtype Scratch

  /// Computes what all items of a step share.
  ///
  /// - Parameters:
  ///   - parameters: The layer's parameters, one tensor after the other.
  ///   - previous: What the last step used, whose memory may be used again.
  /// - Returns: What the other methods receive.
  func prepare(_ parameters: Span<S>, replacing previous: consuming Prepared?) -> Prepared

  /// Makes what one thread needs while it works.
  ///
  /// - Parameter hasGradients: Whether gradients will follow each forward pass, so that what they can use again is kept.
  /// - Returns: The scratch memory.
  func makeScratch(hasGradients: Bool) -> Scratch

  /// Computes the outputs.
  ///
  /// - Parameters:
  ///   - input: The inputs of `count` items.
  ///   - count: The number of items.
  ///   - parameters: The layer's parameters.
  ///   - prepared: What ``prepare(_:replacing:)`` made of them.
  ///   - output: Overwritten.
  ///   - scratch: The calling thread's.
  func forward(
    _ input: Span<S>, count: Int, parameters: Span<S>, prepared: Prepared, into output: inout MutableSpan<S>,
    scratch: Scratch)

  /// Computes the gradient with respect to the inputs.
  ///
  /// - Parameters:
  ///   - outputGradient: The gradient with respect to the outputs.
  ///   - input: The inputs of the forward pass.
  ///   - count: The number of items.
  ///   - parameters: The layer's parameters.
  ///   - prepared: What ``prepare(_:replacing:)`` made of them.
  ///   - inputGradient: Overwritten.
  ///   - scratch: The calling thread's.
  func inputGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, prepared: Prepared,
    into inputGradient: inout MutableSpan<S>, scratch: Scratch)

  /// Adds the gradient with respect to the parameters, summed over items and positions.
  ///
  /// - Parameters:
  ///   - outputGradient: The gradient with respect to the outputs.
  ///   - input: The inputs of the forward pass.
  ///   - count: The number of items.
  ///   - gradient: One number per parameter, added to.
  ///   - scratch: The calling thread's.
  func parameterGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, addingTo gradient: inout MutableSpan<S>, scratch: Scratch)

  /// Computes both gradients, ``parameterGradient(_:input:count:addingTo:scratch:)`` and
  /// ``inputGradient(_:input:count:parameters:prepared:into:scratch:)``, unless a layer says otherwise one after the other.
  ///
  /// - Parameters:
  ///   - outputGradient: The gradient with respect to the outputs.
  ///   - input: The inputs of the forward pass.
  ///   - count: The number of items.
  ///   - parameters: The layer's parameters.
  ///   - prepared: What ``prepare(_:replacing:)`` made of them.
  ///   - inputGradient: Overwritten.
  ///   - gradient: One number per parameter, added to.
  ///   - scratch: The calling thread's.
  func gradients(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, prepared: Prepared,
    into inputGradient: inout MutableSpan<S>, addingTo gradient: inout MutableSpan<S>, scratch: Scratch)
}

extension MappingPlan {
  /// The gradient of the parameters, then that of the inputs.
  public func gradients(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, prepared: Prepared,
    into inputGradient: inout MutableSpan<S>, addingTo gradient: inout MutableSpan<S>, scratch: Scratch
  ) {
    parameterGradient(outputGradient, input: input, count: count, addingTo: &gradient, scratch: scratch)
    self.inputGradient(
      outputGradient, input: input, count: count, parameters: parameters, prepared: prepared, into: &inputGradient,
      scratch: scratch)
  }
}

/// A mapping without parameters and without scratch memory.
public protocol StatelessMappingPlan: MappingPlan where Prepared == Void, Scratch == Void {}

extension StatelessMappingPlan {
  /// Nothing to prepare.
  public func prepare(_ parameters: Span<S>, replacing previous: Void?) {}

  /// No scratch memory.
  public func makeScratch(hasGradients: Bool) {}

  /// No parameters, so no gradient.
  public func parameterGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, addingTo gradient: inout MutableSpan<S>, scratch: Void
  ) {}
}
