public import Tensors

extension Network {
  /// What ``pullback(_:images:weights:)`` computes.
  public struct Pullback<S: NetworkScalar>: Sendable {
    /// The gradient with respect to the images, in their shape.
    public let images: Tensor<S>
    /// The gradient with respect to the parameters, summed over the images.
    public let weights: Weights<S>
  }

  /// Carries the gradient of a function of the outputs back to the images and the weights.
  ///
  /// - Parameters:
  ///   - outputGradient: The gradient with respect to the outputs, `[N]` and the shape of one output.
  ///   - images: `[N, C, H, W]`.
  ///   - weights: The weights.
  /// - Returns: The gradients with respect to the images and the weights.
  /// - Throws: ``InputError`` when images or weights are not the network's.
  public func pullback<S: NetworkScalar>(
    _ outputGradient: Tensor<S>, images: Tensor<S>, weights: Weights<S>
  ) throws -> Pullback<S> {
    try check(images)
    try weights.check(against: self)
    let count = images.shape[0]
    precondition(
      outputGradient.shape == [count] + outputShape,
      "expected an output gradient of shape \([count] + outputShape), got \(outputGradient.shape)")
    let plan = try NetworkPlan<S>(self)
    let executor = NetworkExecutor(plan, capacity: max(1, count), hasGradients: true)
    executor.reserveLanes(1)
    let parameters = Buffer<S>(repeating: 0, count: plan.parameterCount)
    let gradient = Buffer<S>(repeating: 0, count: plan.parameterCount)
    _ = parameters.all.update(fromContentsOf: weights.flattened(for: self))
    executor.prepare(parameters)
    images.withUnsafeBufferPointer { _ = executor.input(lane: 0, count: count).update(fromContentsOf: $0) }
    executor.forward(lane: 0, count: count, parameters: parameters)
    outputGradient.withUnsafeBufferPointer {
      _ = executor.outputGradient(lane: 0, count: count).update(fromContentsOf: $0)
    }
    executor.backward(lane: 0, count: count, parameters: parameters, addingTo: gradient.all, reachesInput: true)
    let imageGradient = Tensor<S>(shape: images.shape) {
      _ = $0.update(fromContentsOf: executor.inputGradient(lane: 0, count: count))
    }
    return Pullback(images: imageGradient, weights: Weights(flattened: gradient.all.span, of: self))
  }
}
