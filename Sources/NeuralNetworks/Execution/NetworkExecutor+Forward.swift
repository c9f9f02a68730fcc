extension NetworkExecutor {
  /// The stretches of the way between meetings, forward.
  var stretches: Range<Int> { 0..<plan.meetings.count + 1 }

  /// Computes a part's values on one stretch of the way, from the meeting before it to the sums of the one after it.
  func forward(_ stretch: Int, _ part: PassPart, parameters: Buffer<S>) {
    if stretch > 0 { leaveMeeting(plan.meetings[stretch - 1], part, parameters) }
    let start = stretch == 0 ? 0 : plan.meetings[stretch - 1] + 1
    let end = stretch == plan.meetings.count ? plan.steps.count : plan.meetings[stretch]
    for index in start..<end { run(index, part, parameters) }
    guard stretch < plan.meetings.count, case .batch(let stage) = workers[end] else { return }
    stage.collect(part, value(plan.steps[end].inputs[0], part).span)
  }

  /// Combines the sums of all parts after a stretch.
  func meet(after stretch: Int, counts: Span<Int>) {
    guard stretch < plan.meetings.count, case .batch(let stage) = workers[plan.meetings[stretch]] else { return }
    stage.combine(counts)
  }

  /// Lets the state of every layer follow the batch that has passed.
  func updateState(_ parameters: Buffer<S>, count: Int) {
    for meeting in plan.meetings {
      guard case .batch(let stage) = workers[meeting] else { continue }
      var state = parameters[plan.steps[meeting].parameters.state].mutableSpan
      stage.update(&state, count: count)
    }
  }

  private func leaveMeeting(_ index: Int, _ part: PassPart, _ parameters: Buffer<S>) {
    guard case .batch(let stage) = workers[index] else { return }
    let step = plan.steps[index]
    var output = value(step.output, part).mutableSpan
    stage.forward(
      part, value(step.inputs[0], part).span, parameters: parameters[step.parameters.learned].span, into: &output)
  }

  private func run(_ index: Int, _ part: PassPart, _ parameters: Buffer<S>) {
    let step = plan.steps[index]
    let output = value(step.output, part)
    switch step.operation {
    case .copy: _ = output.update(fromContentsOf: value(step.inputs[0], part))
    case .inPlace(let plan):
      var values = output.mutableSpan
      plan.apply(&values, at: part.place)
    case .join(let plan): plan.forward(step.inputs.map { value($0, part) }, count: part.count, into: output)
    case .mapping, .batch:
      guard case .stage(let stage) = workers[index] else {
        preconditionFailure("expected a meeting at a stretch's end")
      }
      var target = output.mutableSpan
      stage.forward(
        part, value(step.inputs[0], part).span, parameters: parameters[step.parameters.learned].span, into: &target)
    }
  }
}
