/// A mapping layer at work: its plan, what it prepared from the parameters, and the memory of lanes and slots.
protocol Stage<S>: AnyObject, Sendable {
  associatedtype S: NetworkScalar

  func reserve(lanes: Int, slots: Int)

  func prepare(_ parameters: Span<S>, state: Span<S>)

  func forward(_ part: PassPart, _ input: Span<S>, parameters: Span<S>, into output: inout MutableSpan<S>)

  func inputGradient(
    _ part: PassPart, _ outputGradient: Span<S>, input: Span<S>, parameters: Span<S>,
    into inputGradient: inout MutableSpan<S>)

  func parameterGradient(
    _ part: PassPart, _ outputGradient: Span<S>, input: Span<S>, parameters: Span<S>,
    addingTo gradient: inout MutableSpan<S>)

  func gradients(
    _ part: PassPart, _ outputGradient: Span<S>, input: Span<S>, parameters: Span<S>,
    into inputGradient: inout MutableSpan<S>, addingTo gradient: inout MutableSpan<S>)
}

/// The stage of one kind of plan.
///
/// `Sendable` because memory is reserved and parameters prepared between parallel loops only, scratch memory is used by
/// the one thread that has its lane, and a record by the one part that has its slot.
final class MappingStage<Plan: MappingPlan>: Stage, @unchecked Sendable {
  typealias S = Plan.S

  private let plan: Plan
  private let hasGradients: Bool
  private var scratch: [Plan.Scratch] = []
  private var records: [Plan.Record] = []
  private var prepared: Plan.Prepared?

  init(_ plan: Plan, hasGradients: Bool) {
    self.plan = plan
    self.hasGradients = hasGradients
  }

  func reserve(lanes: Int, slots: Int) {
    while scratch.count < lanes { scratch.append(plan.makeScratch()) }
    while hasGradients && records.count < slots { records.append(plan.makeRecord()) }
  }

  func prepare(_ parameters: Span<S>, state: Span<S>) {
    plan.prepare(parameters, state: state, into: &prepared)
  }

  func forward(_ part: PassPart, _ input: Span<S>, parameters: Span<S>, into output: inout MutableSpan<S>) {
    plan.forward(input, count: part.count, parameters: parameters, memory(part), into: &output)
  }

  func inputGradient(
    _ part: PassPart, _ outputGradient: Span<S>, input: Span<S>, parameters: Span<S>,
    into inputGradient: inout MutableSpan<S>
  ) {
    plan.inputGradient(
      outputGradient, input: input, count: part.count, parameters: parameters, memory(part), into: &inputGradient)
  }

  func parameterGradient(
    _ part: PassPart, _ outputGradient: Span<S>, input: Span<S>, parameters: Span<S>,
    addingTo gradient: inout MutableSpan<S>
  ) {
    plan.parameterGradient(
      outputGradient, input: input, count: part.count, parameters: parameters, memory(part), addingTo: &gradient)
  }

  func gradients(
    _ part: PassPart, _ outputGradient: Span<S>, input: Span<S>, parameters: Span<S>,
    into inputGradient: inout MutableSpan<S>, addingTo gradient: inout MutableSpan<S>
  ) {
    plan.gradients(
      outputGradient, input: input, count: part.count, parameters: parameters, memory(part), into: &inputGradient,
      addingTo: &gradient)
  }

  private func memory(_ part: PassPart) -> MappingMemory<Plan> {
    MappingMemory(
      prepared: prepared!, scratch: scratch[part.lane], record: hasGradients ? records[part.slot] : nil)
  }
}

extension MappingPlan {
  func makeStage(hasGradients: Bool) -> any Stage<S> { MappingStage(self, hasGradients: hasGradients) }
}
