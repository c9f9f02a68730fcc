public import Tensors

extension Network {
  /// What ``pullback(_:images:weights:mode:)`` computes.
  public struct Pullback<S: NetworkScalar>: Sendable {
    /// The outputs, `[N]` and the shape of one output.
    public let outputs: Tensor<S>
    /// The gradient with respect to the images, in their shape.
    public let images: Tensor<S>
    /// The gradient with respect to the trained parameters, summed over the images.
    public let weights: Weights<S>
  }

  /// Carries the gradient of a function of the outputs back to the images and the weights.
  ///
  /// - Parameters:
  ///   - outputGradient: The gradient with respect to the outputs, `[N]` and the shape of one output.
  ///   - images: `[N, C, H, W]`.
  ///   - weights: The weights.
  ///   - mode: Whether the network learns; then the images are one batch, and dropout is that of a first step.
  /// - Returns: The outputs, and the gradients with respect to the images and the weights.
  /// - Throws: ``InputError`` when images or weights are not the network's.
  public func pullback<S: NetworkScalar>(
    _ outputGradient: Tensor<S>, images: Tensor<S>, weights: Weights<S>, mode: PassMode = .evaluation
  ) throws -> Pullback<S> {
    try check(images)
    try weights.check(against: self)
    let count = images.shape[0]
    precondition(
      outputGradient.shape == [count] + outputShape,
      "expected an output gradient of shape \([count] + outputShape), got \(outputGradient.shape)")
    let context = PlanContext(mode: mode, itemCount: max(1, count), hasGradients: true)
    let executor = NetworkExecutor(try NetworkPlan<S>(self, in: context, reachesInput: true))
    let layout = executor.plan.layout
    let parameters = Buffer<S>(repeating: 0, count: layout.count)
    let gradient = Buffer<S>(repeating: 0, count: layout.trainedCount)
    weights.write(to: parameters.all, layout)
    executor.reserve(lanes: 1, parts: 1)
    executor.prepare(parameters)
    let part = executor.part(0, lane: 0, items: 0..<count)
    func tensor(_ shape: [Int], _ numbers: UnsafeMutableBufferPointer<S>) -> Tensor<S> {
      Tensor(shape: shape) { _ = $0.initialize(fromContentsOf: numbers) }
    }
    images.withUnsafeBufferPointer { _ = executor.input(part).update(fromContentsOf: $0) }
    var outputs = outputGradient
    executor.runAlone(part, parameters, gradient) {
      outputs = tensor(outputGradient.shape, executor.output(part))
      outputGradient.withUnsafeBufferPointer { _ = executor.outputGradient(part).update(fromContentsOf: $0) }
    }
    return Pullback(
      outputs: outputs, images: tensor(images.shape, executor.inputGradient(part)),
      weights: Weights(gradient.all, layout))
  }
}

extension NetworkExecutor {
  /// Carries one part that is the whole batch all the way forward and back.
  fileprivate func runAlone(
    _ part: PassPart, _ parameters: Buffer<S>, _ gradient: Buffer<S>, settingOutputGradient: () -> Void
  ) {
    let counts = [part.count]
    for stretch in stretches {
      forward(stretch, part, parameters: parameters)
      meet(after: stretch, counts: counts.span)
    }
    settingOutputGradient()
    for stretch in stretchesBack {
      backward(stretch, part, parameters: parameters, addingTo: gradient.all)
      meet(afterBack: stretch, counts: counts.span, addingTo: gradient.all)
    }
  }
}
