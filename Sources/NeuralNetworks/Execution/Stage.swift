/// A mapping layer at work: its plan, what it prepared from the parameters, and one scratch per lane.
protocol Stage<S>: AnyObject, Sendable {
  associatedtype S: NetworkScalar

  func reserveLanes(_ count: Int)

  func prepare(_ parameters: Span<S>)

  func forward(lane: Int, _ input: Span<S>, count: Int, parameters: Span<S>, into output: inout MutableSpan<S>)

  func inputGradient(
    lane: Int, _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>,
    into inputGradient: inout MutableSpan<S>)

  func parameterGradient(
    lane: Int, _ outputGradient: Span<S>, input: Span<S>, count: Int, addingTo gradient: inout MutableSpan<S>)

  func gradients(
    lane: Int, _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>,
    into inputGradient: inout MutableSpan<S>, addingTo gradient: inout MutableSpan<S>)
}

/// The stage of one kind of plan.
///
/// `Sendable` because lanes are reserved and parameters prepared between parallel loops only, and each scratch is used by the one thread that
/// has its lane.
final class MappingStage<Plan: MappingPlan>: Stage, @unchecked Sendable {
  typealias S = Plan.S

  private let plan: Plan
  private var scratch: [Plan.Scratch] = []
  private var prepared: Plan.Prepared?

  private let hasGradients: Bool

  init(_ plan: Plan, hasGradients: Bool) {
    self.plan = plan
    self.hasGradients = hasGradients
  }

  func reserveLanes(_ count: Int) {
    while scratch.count < count { scratch.append(plan.makeScratch(hasGradients: hasGradients)) }
  }

  func prepare(_ parameters: Span<S>) { prepared = plan.prepare(parameters, replacing: prepared.take()) }

  func forward(lane: Int, _ input: Span<S>, count: Int, parameters: Span<S>, into output: inout MutableSpan<S>) {
    plan.forward(
      input, count: count, parameters: parameters, prepared: prepared!, into: &output, scratch: scratch[lane])
  }

  func inputGradient(
    lane: Int, _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>,
    into inputGradient: inout MutableSpan<S>
  ) {
    plan.inputGradient(
      outputGradient, input: input, count: count, parameters: parameters, prepared: prepared!, into: &inputGradient,
      scratch: scratch[lane])
  }

  func parameterGradient(
    lane: Int, _ outputGradient: Span<S>, input: Span<S>, count: Int, addingTo gradient: inout MutableSpan<S>
  ) {
    plan.parameterGradient(
      outputGradient, input: input, count: count, addingTo: &gradient, scratch: scratch[lane])
  }

  func gradients(
    lane: Int, _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>,
    into inputGradient: inout MutableSpan<S>, addingTo gradient: inout MutableSpan<S>
  ) {
    plan.gradients(
      outputGradient, input: input, count: count, parameters: parameters, prepared: prepared!, into: &inputGradient,
      addingTo: &gradient, scratch: scratch[lane])
  }
}

extension MappingPlan {
  func makeStage(hasGradients: Bool) -> any Stage<S> { MappingStage(self, hasGradients: hasGradients) }
}
