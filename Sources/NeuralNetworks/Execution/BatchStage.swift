/// A layer at work at which all parts of a batch meet: its plan, the sums of each part, and what they combine to.
///
/// `Sendable` because parts write disjoint sums, which are combined between parallel loops only.
final class BatchStage<S: NetworkScalar>: @unchecked Sendable {
  private let plan: any BatchPlan<S>
  private var parts = Buffer<Double>(repeating: 0, count: 0)
  private let statistics: Buffer<Double>
  private let gradientSums: Buffer<Double>

  init(_ plan: any BatchPlan<S>) {
    self.plan = plan
    statistics = Buffer(repeating: 0, count: plan.sumCount)
    gradientSums = Buffer(repeating: 0, count: plan.sumCount)
  }

  func reserve(slots: Int) {
    if parts.count < slots * plan.sumCount { parts = Buffer(repeating: 0, count: slots * plan.sumCount) }
  }

  func collect(_ part: PassPart, _ input: Span<S>) {
    var sums = sums(of: part).mutableSpan
    plan.collect(input, count: part.count, into: &sums)
  }

  func combine(_ counts: Span<Int>) {
    var target = statistics.all.mutableSpan
    plan.combine(parts[0..<counts.count * plan.sumCount].span, counts: counts, into: &target)
  }

  func forward(_ part: PassPart, _ input: Span<S>, parameters: Span<S>, into output: inout MutableSpan<S>) {
    plan.forward(
      input, count: part.count, parameters: parameters, statistics: statistics.all.span, into: &output)
  }

  func collectGradient(_ part: PassPart, _ outputGradient: Span<S>, input: Span<S>, output: Span<S>) {
    var sums = sums(of: part).mutableSpan
    plan.collectGradient(
      outputGradient, input: input, output: output, count: part.count, statistics: statistics.all.span, into: &sums)
  }

  func combineGradient(_ counts: Span<Int>, addingTo gradient: inout MutableSpan<S>) {
    var target = gradientSums.all.mutableSpan
    plan.combineGradient(
      parts[0..<counts.count * plan.sumCount].span, counts: counts, statistics: statistics.all.span, into: &target,
      addingTo: &gradient)
  }

  func inputGradient(
    _ part: PassPart, _ outputGradient: Span<S>, input: Span<S>, output: Span<S>, parameters: Span<S>,
    into inputGradient: inout MutableSpan<S>
  ) {
    plan.inputGradient(
      outputGradient, input: input, output: output, count: part.count, parameters: parameters,
      statistics: statistics.all.span, sums: gradientSums.all.span, into: &inputGradient)
  }

  func update(_ state: inout MutableSpan<S>, count: Int) {
    plan.update(&state, statistics: statistics.all.span, count: count)
  }

  private func sums(of part: PassPart) -> UnsafeMutableBufferPointer<Double> {
    parts[part.index * plan.sumCount..<(part.index + 1) * plan.sumCount]
  }
}
