extension NetworkExecutor {
  /// The stretches of the way back between meetings.
  var stretchesBack: Range<Int> { 0..<plan.meetingsBack.count + 1 }

  /// Computes a part's gradients on one stretch of the way back, after the forward pass and with the gradient of the
  /// outputs in its place.
  ///
  /// - Parameters:
  ///   - stretch: The number of the stretch, from 0 at the network's end.
  ///   - part: The part.
  ///   - parameters: The parameters of the forward pass.
  ///   - gradient: One number per trained parameter, added to.
  func backward(
    _ stretch: Int, _ part: PassPart, parameters: Buffer<S>, addingTo gradient: UnsafeMutableBufferPointer<S>
  ) {
    if stretch > 0 { leaveMeetingBack(plan.meetingsBack[stretch - 1], part, parameters) }
    let start = stretch == 0 ? plan.steps.count : plan.meetingsBack[stretch - 1]
    let end = stretch == plan.meetingsBack.count ? 0 : plan.meetingsBack[stretch] + 1
    for index in (end..<start).reversed() where plan.steps[index].isOnTheWayBack {
      runBack(index, part, parameters, addingTo: gradient)
    }
    guard stretch < plan.meetingsBack.count, case .batch(let stage) = workers[end - 1] else { return }
    let step = plan.steps[end - 1]
    stage.collectGradient(
      part, self.gradient(step.output, part).span, input: value(step.inputs[0], part).span,
      output: value(step.output, part).span)
  }

  /// Combines the sums of all parts after a stretch of the way back.
  func meet(afterBack stretch: Int, counts: Span<Int>, addingTo gradient: UnsafeMutableBufferPointer<S>) {
    guard stretch < plan.meetingsBack.count else { return }
    let index = plan.meetingsBack[stretch]
    guard case .batch(let stage) = workers[index] else { return }
    let step = plan.steps[index]
    let range = step.learns ? step.parameters.learned : 0..<0
    var target = UnsafeMutableBufferPointer(rebasing: gradient[range]).mutableSpan
    stage.combineGradient(counts, addingTo: &target)
  }

  private func leaveMeetingBack(_ index: Int, _ part: PassPart, _ parameters: Buffer<S>) {
    guard case .batch(let stage) = workers[index] else { return }
    let step = plan.steps[index]
    write(step.targets[0], part) { target in
      var inputGradient = target.mutableSpan
      stage.inputGradient(
        part, gradient(step.output, part).span, input: value(step.inputs[0], part).span,
        output: value(step.output, part).span, parameters: parameters[step.parameters.learned].span,
        into: &inputGradient)
    }
  }

  private func runBack(
    _ index: Int, _ part: PassPart, _ parameters: Buffer<S>, addingTo gradients: UnsafeMutableBufferPointer<S>
  ) {
    let step = plan.steps[index]
    let outputGradient = gradient(step.output, part)
    switch step.operation {
    case .copy: write(step.targets[0], part) { _ = $0.update(fromContentsOf: outputGradient) }
    case .inPlace(let plan):
      var values = outputGradient.mutableSpan
      plan.backpropagate(value(step.output, part).span, &values, at: part.place)
    case .join(let plan):
      let inputs = step.inputs.map { value($0, part) }
      for (input, target) in step.targets.enumerated() {
        write(target, part) { plan.backward(outputGradient, inputs: inputs, count: part.count, of: input, into: $0) }
      }
    case .mapping, .batch:
      guard case .stage(let stage) = workers[index] else {
        preconditionFailure("expected a meeting at a stretch's end")
      }
      backward(stage, step, part, outputGradient.span, parameters, addingTo: gradients)
    }
  }

  private func backward(
    _ stage: any Stage<S>, _ step: NetworkPlan<S>.Step, _ part: PassPart, _ outputGradient: Span<S>,
    _ parameters: Buffer<S>, addingTo gradients: UnsafeMutableBufferPointer<S>
  ) {
    let numbers = parameters[step.parameters.learned].span
    let input = value(step.inputs[0], part).span
    guard step.learns else {
      return write(step.targets[0], part) {
        var target = $0.mutableSpan
        stage.inputGradient(part, outputGradient, input: input, parameters: numbers, into: &target)
      }
    }
    var learned = UnsafeMutableBufferPointer(rebasing: gradients[step.parameters.learned]).mutableSpan
    guard step.targets[0] != nil else {
      return stage.parameterGradient(part, outputGradient, input: input, parameters: numbers, addingTo: &learned)
    }
    write(step.targets[0], part) {
      var target = $0.mutableSpan
      stage.gradients(
        part, outputGradient, input: input, parameters: numbers, into: &target, addingTo: &learned)
    }
  }

  /// Calls `body` with the memory that it overwrites with a gradient, and adds that to another reader's where there is
  /// one; does nothing where no gradient is needed.
  private func write(
    _ target: NetworkPlan<S>.GradientTarget?, _ part: PassPart, _ body: (UnsafeMutableBufferPointer<S>) -> Void
  ) {
    guard let target else { return }
    let place = gradient(target.value, part)
    guard target.adds else { return body(place) }
    let spare = spare(target.value, part)
    body(spare)
    S.axpy(1, UnsafeBufferPointer(spare), place)
  }
}
