/// Runs a compiled network on parts of batches: memory and scratch for each lane, allocated when first needed.
///
/// A lane is what one thread uses at a time. `Sendable` because lanes are reserved between parallel loops only, and
/// callers give each lane to one thread only.
final class NetworkExecutor<S: NetworkScalar>: @unchecked Sendable {
  let plan: NetworkPlan<S>
  let capacity: Int

  private let layout: LaneLayout
  private var lanes: [Buffer<S>] = []
  private let stages: [(any Stage<S>)?]

  /// Lays out the memory of a lane.
  ///
  /// - Parameters:
  ///   - plan: The compiled network.
  ///   - capacity: The largest number of items in one part.
  ///   - hasGradients: Whether there will be backward passes.
  init(_ plan: NetworkPlan<S>, capacity: Int, hasGradients: Bool) {
    self.plan = plan
    self.capacity = capacity
    layout = LaneLayout(valueCounts: plan.valueCounts, capacity: capacity, hasGradients: hasGradients)
    stages = plan.steps.map {
      if case .mapping(let mapping, _) = $0.operation { mapping.makeStage(hasGradients: hasGradients) } else { nil }
    }
  }

  /// The number of lanes that have memory.
  var laneCount: Int { lanes.count }

  /// Makes sure that so many threads may work at the same time; must come before their loop.
  func reserveLanes(_ count: Int) {
    while lanes.count < count { lanes.append(Buffer(repeating: 0, count: layout.count)) }
    for stage in stages { stage?.reserveLanes(count) }
  }

  /// Lets every layer compute what depends on the parameters alone; must come before the passes that use them.
  func prepare(_ parameters: Buffer<S>) {
    for (step, stage) in zip(plan.steps, stages) {
      if case .mapping(_, let range) = step.operation { stage?.prepare(parameters[range].span) }
    }
  }

  /// The inputs of a lane, for the caller to fill.
  func input(lane: Int, count: Int) -> UnsafeMutableBufferPointer<S> { value(0, lane, count) }

  /// The outputs of a lane after a forward pass.
  func output(lane: Int, count: Int) -> UnsafeMutableBufferPointer<S> { value(plan.valueCounts.count - 1, lane, count) }

  /// The gradient with respect to a lane's outputs, for the caller to fill before a backward pass.
  func outputGradient(lane: Int, count: Int) -> UnsafeMutableBufferPointer<S> {
    gradient(plan.valueCounts.count - 1, lane, count)
  }

  /// The gradient with respect to a lane's inputs, after a backward pass that goes all the way.
  func inputGradient(lane: Int, count: Int) -> UnsafeMutableBufferPointer<S> { gradient(0, lane, count) }

  /// Computes the outputs of a lane from its inputs.
  func forward(lane: Int, count: Int, parameters: Buffer<S>) {
    for (step, stage) in zip(plan.steps, stages) {
      let input = value(step.input, lane, count)
      var output = value(step.output, lane, count).mutableSpan
      switch step.operation {
      case .copy: output.withUnsafeMutableBufferPointer { _ = $0.update(from: input) }
      case .inPlace(let plan): plan.apply(&output)
      case .mapping(_, let range):
        stage!.forward(lane: lane, input.span, count: count, parameters: parameters[range].span, into: &output)
      }
    }
  }

  /// Computes gradients from the gradient with respect to a lane's outputs.
  ///
  /// - Parameters:
  ///   - lane: The lane, after its forward pass.
  ///   - count: The number of items.
  ///   - parameters: The parameters of the forward pass.
  ///   - gradient: One number per parameter, added to.
  ///   - reachesInput: Whether the gradient with respect to the inputs is wanted as well.
  func backward(
    lane: Int, count: Int, parameters: Buffer<S>, addingTo gradient: UnsafeMutableBufferPointer<S>,
    reachesInput: Bool = false
  ) {
    let lastNeeded = reachesInput ? 0 : plan.firstLearningStep
    for index in plan.steps.indices.reversed() where index >= lastNeeded {
      backward(
        step: index, lane, count, parameters, addingTo: gradient, needsInputGradient: reachesInput || index > lastNeeded
      )
    }
  }

  private func backward(
    step index: Int, _ lane: Int, _ count: Int, _ parameters: Buffer<S>,
    addingTo gradients: UnsafeMutableBufferPointer<S>, needsInputGradient: Bool
  ) {
    let step = plan.steps[index]
    let outputGradient = gradient(step.output, lane, count)
    var inputGradient = gradient(step.input, lane, count).mutableSpan
    switch step.operation {
    case .copy: inputGradient.withUnsafeMutableBufferPointer { _ = $0.update(from: outputGradient) }
    case .inPlace(let plan): plan.backpropagate(value(step.output, lane, count).span, &inputGradient)
    case .mapping(_, let range):
      let input = value(step.input, lane, count).span
      var target = UnsafeMutableBufferPointer(rebasing: gradients[range]).mutableSpan
      switch (range.isEmpty, needsInputGradient) {
      case (false, true):
        stages[index]!.gradients(
          lane: lane, outputGradient.span, input: input, count: count, parameters: parameters[range].span,
          into: &inputGradient, addingTo: &target)
      case (false, false):
        stages[index]!.parameterGradient(
          lane: lane, outputGradient.span, input: input, count: count, addingTo: &target)
      case (true, true):
        stages[index]!.inputGradient(
          lane: lane, outputGradient.span, input: input, count: count, parameters: parameters[range].span,
          into: &inputGradient)
      case (true, false): break
      }
    }
  }

  private func value(_ index: Int, _ lane: Int, _ count: Int) -> UnsafeMutableBufferPointer<S> {
    let start = layout.values[index]
    return lanes[lane][start..<start + plan.valueCounts[index] * count]
  }

  private func gradient(_ index: Int, _ lane: Int, _ count: Int) -> UnsafeMutableBufferPointer<S> {
    let start = layout.gradients[index]
    return lanes[lane][start..<start + plan.valueCounts[index] * count]
  }
}
