public import Parallel
public import Tensors

/// Applies a network to images.
///
/// One thread at a time may use a predictor.
public final class Predictor<S: NetworkScalar> {
  /// The network.
  public let network: Network

  private let executor: NetworkExecutor<S>
  private let parameters: Buffer<S>
  private let pool: ThreadPool

  /// Compiles a network with its weights.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - weights: Its weights.
  ///   - pool: The threads.
  /// - Throws: ``InputError`` when the weights are not the network's.
  public init(_ network: Network, weights: Weights<S>, pool: ThreadPool = .shared) throws {
    try weights.check(against: network)
    self.network = network
    self.pool = pool
    let plan = try NetworkPlan<S>(network, in: .prediction)
    executor = NetworkExecutor(plan)
    parameters = Buffer(repeating: 0, count: plan.layout.count)
    weights.write(to: parameters.all, plan.layout)
    executor.prepare(parameters)
  }

  /// The threads that there is memory for: those that have been there to work.
  package var slotCount: Int { executor.slotCount }

  /// The outputs for images, which for a classifier are its logits.
  ///
  /// - Parameter images: `[N, C, H, W]`.
  /// - Returns: `[N]` and the shape of one output.
  /// - Throws: ``InputError`` when the images do not have the network's input shape.
  public func outputs(_ images: Tensor<S>) throws -> Tensor<S> {
    try network.check(images)
    return executor.outputs(images, parameters: parameters, pool: pool)
  }
}

extension Trainer {
  /// The outputs of the network with the weights as they are now, for any number of images.
  ///
  /// - Parameter images: `[N, C, H, W]`.
  /// - Returns: The outputs, `[N]` and the shape of one output.
  /// - Throws: ``InputError`` when the images do not have the network's input shape.
  public func outputs(_ images: Tensor<S>) throws -> Tensor<S> {
    try network.check(images)
    evaluator.prepare(parameters)
    return evaluator.outputs(images, parameters: parameters, pool: pool)
  }
}

extension PlanContext {
  /// Applying a network to parts of 32 items.
  static let prediction = PlanContext(mode: .evaluation, itemCount: 32, hasGradients: false)
}

extension NetworkExecutor {
  /// Computes outputs in parallel, after `prepare`.
  func outputs(_ images: Tensor<S>, parameters: Buffer<S>, pool: ThreadPool) -> Tensor<S> {
    let outputShape = plan.network.outputShape
    let outputCount = outputShape.reduce(1, *)
    let itemCount = plan.valueCounts[0]
    let partition = BatchPartition(images.shape[0], capacity: capacity)
    var result = Tensor<S>.zeros([images.shape[0]] + outputShape)
    reserve(lanes: pool.workerCount, parts: partition.partCount)
    result.withDisjointSlices { target in
      pool.run(partition.partCount) { index, lane in
        let items = partition[index]
        let part = self.part(index, lane: lane, items: items)
        images.withUnsafeBufferPointer { images in
          let source = UnsafeBufferPointer(
            rebasing: images[items.lowerBound * itemCount..<items.upperBound * itemCount])
          _ = self.input(part).update(fromContentsOf: source)
        }
        self.forward(0, part, parameters: parameters)
        _ = target[items.lowerBound * outputCount..<items.upperBound * outputCount].update(
          fromContentsOf: self.output(part))
      }
    }
    return result
  }
}
