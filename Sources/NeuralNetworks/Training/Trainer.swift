public import Parallel
import Tensors

/// Trains a network: compiled once for the largest batch, so that a step after the first allocates no memory for
/// numbers.
///
/// A batch is cut into parts by its size alone; threads take parts, carry each forward and backward through all layers
/// with gradients of its own, and the gradients are added in the order of the parts. So the same seed gives the same
/// bits for any number of threads, also when the trainer works inside another parallel loop.
///
/// One thread at a time may use a trainer.
public final class Trainer<S: NetworkScalar> {
  /// The network that is trained.
  public let network: Network
  /// The largest batch.
  public let batchSize: Int
  /// The optimizer; its learning rate may be changed between steps.
  public var optimizer: any Optimizer
  /// The loss.
  public let loss: any Loss
  /// The steps made so far.
  public internal(set) var stepCount = 0
  /// The epochs finished so far.
  public internal(set) var epochCount = 0

  let pool: ThreadPool
  let executor: NetworkExecutor<S>
  let parameters: Buffer<S>
  let gradients: Buffer<S>
  let lossSums: Buffer<Double>
  let labels: Buffer<Int32>
  let order: Buffer<Int>
  private let firstMoments: Buffer<S>
  private let secondMoments: Buffer<S>

  /// Compiles a network and allocates the memory that does not depend on the number of threads.
  ///
  /// - Parameters:
  ///   - network: The network; its output is one number per class.
  ///   - weights: The weights to start from.
  ///   - optimizer: How parameters follow their gradient.
  ///   - loss: What is made small.
  ///   - batchSize: The largest batch, at least 1.
  ///   - pool: The threads.
  /// - Throws: ``InputError`` when the weights are not the network's or its output is no vector.
  public init(
    _ network: Network, weights: Weights<S>, optimizer: any Optimizer, loss: any Loss = SoftmaxCrossEntropy(),
    batchSize: Int, pool: ThreadPool = .shared
  ) throws {
    precondition(batchSize >= 1, "expected a batch size of at least 1, got \(batchSize)")
    try weights.check(against: network)
    guard network.outputShape.count == 1 else {
      throw InputError(
        "network", "expected one number per class at the end, found shape \(network.outputShape)",
        remedy: "End the network with Flatten and Dense.")
    }
    self.network = network
    self.batchSize = batchSize
    self.optimizer = optimizer
    self.loss = loss
    self.pool = pool
    let plan = try NetworkPlan<S>(network)
    let partition = BatchPartition(batchSize)
    executor = NetworkExecutor(
      plan, capacity: partition.capacity, hasGradients: true)
    parameters = Buffer(repeating: 0, count: plan.parameterCount)
    gradients = Buffer(repeating: 0, count: partition.partCount * plan.parameterCount)
    firstMoments = Buffer(repeating: 0, count: plan.parameterCount)
    secondMoments = Buffer(repeating: 0, count: plan.parameterCount)
    lossSums = Buffer(repeating: 0, count: partition.partCount)
    labels = Buffer(repeating: 0, count: batchSize)
    order = Buffer(repeating: 0, count: batchSize)
    self.weights = weights
  }

  /// The threads that there is memory for: those that have been there to work.
  package var laneCount: Int { executor.laneCount }

  /// The weights as they are now; setting them keeps the optimizer's moments.
  public var weights: Weights<S> {
    get { Weights(flattened: parameters.all.span, of: network) }
    set { _ = parameters.all.update(fromContentsOf: newValue.flattened(for: network)) }
  }

  /// Makes one step on the batch that ``order`` and ``labels`` hold.
  ///
  /// - Parameters:
  ///   - images: All images.
  ///   - count: The number of images in the batch.
  /// - Returns: The mean loss of the batch before the step.
  func step(_ images: Span<S>, count: Int) -> Double {
    let mean = accumulateGradients(images, count: count)
    guard mean.isFinite else { return mean }
    stepCount += 1
    let partCount = BatchPartition(count).partCount
    let parameterCount = parameters.count
    let (optimizer, step) = (optimizer, stepCount)
    let (parameters, gradients) = (parameters, gradients)
    let (first, second) = (firstMoments, secondMoments)
    let chunk = 1 << 14
    pool.run((parameterCount + chunk - 1) / chunk) { index, _ in
      let range = index * chunk..<min((index + 1) * chunk, parameterCount)
      let sum = Trainer.sumParts(gradients, partCount, parameterCount, range)
      var target = parameters[range].mutableSpan
      var velocity = first[range].mutableSpan
      var scale = second[range].mutableSpan
      optimizer.update(&target, gradient: sum.span, first: &velocity, second: &scale, step: step)
    }
    return mean
  }

  /// Computes the gradient of each part of the batch that ``order`` and ``labels`` hold.
  ///
  /// - Parameters:
  ///   - images: All images.
  ///   - count: The number of images in the batch.
  /// - Returns: The mean loss of the batch.
  func accumulateGradients(_ images: Span<S>, count: Int) -> Double {
    let partition = BatchPartition(count)
    let itemCount = executor.plan.valueCounts[0]
    let (executor, parameters, gradients, loss) = (executor, parameters, gradients, loss)
    let (lossSums, labels, order) = (lossSums, labels, order)
    executor.reserveLanes(pool.workerCount)
    executor.prepare(parameters)
    images.withUnsafeBufferPointer { images in
      let source = ImageSource(base: images.baseAddress!, itemCount: itemCount)
      pool.run(partition.partCount) { part, lane in
        let items = partition[part]
        source.gather(order[items], into: executor.input(lane: lane, count: items.count))
        executor.forward(lane: lane, count: items.count, parameters: parameters)
        var outputGradient = executor.outputGradient(lane: lane, count: items.count).mutableSpan
        lossSums[part..<part + 1][0] = loss.evaluate(
          executor.output(lane: lane, count: items.count).span, labels: labels[items].span, scale: 1 / S(count),
          gradient: &outputGradient)
        let gradient = gradients[part * parameters.count..<(part + 1) * parameters.count]
        gradient.baseAddress?.clear(count: gradient.count)
        executor.backward(lane: lane, count: items.count, parameters: parameters, addingTo: gradient)
      }
    }
    return lossSums[0..<partition.partCount].reduce(0, +) / Double(count)
  }

  /// Adds the gradients of all parts to that of the first, in the order of the parts.
  static func sumParts(
    _ gradients: Buffer<S>, _ partCount: Int, _ parameterCount: Int, _ range: Range<Int>
  ) -> UnsafeMutableBufferPointer<S> {
    let sum = gradients[range]
    for part in 1..<max(1, partCount) {
      let offset = part * parameterCount
      S.axpy(1, UnsafeBufferPointer(gradients[offset + range.lowerBound..<offset + range.upperBound]), sum)
    }
    return sum
  }
}

/// Images that threads read while a batch is computed.
///
/// `Sendable` because nobody writes them and the call that made it outlives the loop that uses it.
struct ImageSource<S: NetworkScalar>: @unchecked Sendable {
  let base: UnsafePointer<S>
  let itemCount: Int

  /// Copies the images of the given numbers, one after the other.
  func gather(_ indices: UnsafeMutableBufferPointer<Int>, into target: UnsafeMutableBufferPointer<S>) {
    for (place, index) in indices.enumerated() {
      (target.baseAddress! + place * itemCount).update(from: base + index * itemCount, count: itemCount)
    }
  }
}
