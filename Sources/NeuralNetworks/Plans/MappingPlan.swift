/// A layer that reads one tensor and writes another.
///
/// A plan is immutable and shared by all threads. What depends on the parameters and is worth computing once per step
/// is its ``Prepared``; what one thread needs while it works is its ``Scratch``; what a forward pass leaves for the
/// gradients of the same items is its ``Record``. All methods work on `count` items that lie one after the other.
public protocol MappingPlan<S>: Sendable {
  /// The precision.
  associatedtype S: NetworkScalar
  /// What is computed once from the parameters of each step.
  associatedtype Prepared: Sendable
  /// What one thread needs while it works.
  associatedtype Scratch
  /// What a forward pass leaves for the gradients.
  associatedtype Record

  /// Computes what all items of a step share.
  ///
  /// - Parameters:
  ///   - parameters: The layer's parameters, one tensor after the other.
  ///   - state: The layer's state, one tensor after the other.
  ///   - prepared: Receives what the other methods read; what the last step used, whose memory may be used again.
  func prepare(_ parameters: Span<S>, state: Span<S>, into prepared: inout Prepared?)

  /// Makes what one thread needs while it works.
  func makeScratch() -> Scratch

  /// Makes memory for what a forward pass leaves.
  func makeRecord() -> Record

  /// Computes the outputs.
  ///
  /// - Parameters:
  ///   - input: The inputs of `count` items.
  ///   - count: The number of items.
  ///   - parameters: The layer's parameters.
  ///   - memory: What was prepared, scratch memory, and the record to write.
  ///   - output: Overwritten.
  func forward(
    _ input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into output: inout MutableSpan<S>)

  /// Computes the gradient with respect to the inputs.
  ///
  /// - Parameters:
  ///   - outputGradient: The gradient with respect to the outputs.
  ///   - input: The inputs of the forward pass.
  ///   - count: The number of items.
  ///   - parameters: The layer's parameters.
  ///   - memory: What was prepared, scratch memory, and the record of the forward pass.
  ///   - inputGradient: Overwritten.
  func inputGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into inputGradient: inout MutableSpan<S>)

  /// Adds the gradient with respect to the parameters, summed over items and positions.
  ///
  /// - Parameters:
  ///   - outputGradient: The gradient with respect to the outputs.
  ///   - input: The inputs of the forward pass.
  ///   - count: The number of items.
  ///   - parameters: The layer's parameters.
  ///   - memory: What was prepared, scratch memory, and the record of the forward pass.
  ///   - gradient: One number per parameter, added to.
  func parameterGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    addingTo gradient: inout MutableSpan<S>)

  /// Computes both gradients, unless a layer says otherwise one after the other.
  ///
  /// - Parameters:
  ///   - outputGradient: The gradient with respect to the outputs.
  ///   - input: The inputs of the forward pass.
  ///   - count: The number of items.
  ///   - parameters: The layer's parameters.
  ///   - memory: What was prepared, scratch memory, and the record of the forward pass.
  ///   - inputGradient: Overwritten.
  ///   - gradient: One number per parameter, added to.
  func gradients(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into inputGradient: inout MutableSpan<S>, addingTo gradient: inout MutableSpan<S>)
}

/// What a plan works with besides its arguments.
public struct MappingMemory<Plan: MappingPlan> {
  /// What ``MappingPlan/prepare(_:state:into:)`` made of the parameters.
  public let prepared: Plan.Prepared
  /// The calling thread's scratch memory.
  public let scratch: Plan.Scratch
  /// The record of the items at hand; `nil` where no gradients follow.
  public let record: Plan.Record?
}

extension MappingPlan {
  /// The gradient of the parameters, then that of the inputs.
  public func gradients(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into inputGradient: inout MutableSpan<S>, addingTo gradient: inout MutableSpan<S>
  ) {
    parameterGradient(
      outputGradient, input: input, count: count, parameters: parameters, memory, addingTo: &gradient)
    self.inputGradient(
      outputGradient, input: input, count: count, parameters: parameters, memory, into: &inputGradient)
  }
}

extension MappingPlan where Prepared == Void {
  /// Nothing to prepare.
  public func prepare(_ parameters: Span<S>, state: Span<S>, into prepared: inout Void?) { prepared = () }
}

extension MappingPlan where Scratch == Void {
  /// No scratch memory.
  public func makeScratch() {}
}

extension MappingPlan where Record == Void {
  /// Nothing left for the gradients.
  public func makeRecord() {}
}

/// A mapping without parameters and without memory of its own.
public protocol StatelessMappingPlan: MappingPlan where Prepared == Void, Scratch == Void, Record == Void {}

extension StatelessMappingPlan {
  /// No parameters, so no gradient.
  public func parameterGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    addingTo gradient: inout MutableSpan<S>
  ) {}
}
