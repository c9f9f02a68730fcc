public import Parallel
public import Tensors

/// Trains a network: compiled once for the largest batch, so that a step allocates nothing once every
/// thread has been there (oneDNN's matrix product takes memory for the time of each call).
///
/// A batch is cut into parts by its size alone; threads take parts, carry each forward and backward through all layers
/// with gradients of its own, and the gradients are added in the order of the parts. Where a layer needs the statistics
/// of the whole batch all parts meet, and their sums are combined in their order. So the same seed gives the same bits
/// for any number of threads, also when the trainer works inside another parallel loop.
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
  /// What else is made small, and how gradients are limited.
  public let regularization: Regularization
  /// The steps made so far.
  public internal(set) var stepCount = 0
  /// The epochs finished so far.
  public internal(set) var epochCount = 0

  let pool: ThreadPool
  let executor: NetworkExecutor<S>
  let parameters: Buffer<S>
  let gradients: Buffer<S>
  let firstMoments: Buffer<S>
  let secondMoments: Buffer<S>
  let batch: TrainingBatch<S>

  private let lossSums: Buffer<Double>
  private let partCounts: Buffer<Int>
  private let evaluation: NetworkPlan<S>

  /// Compiles a network and allocates the memory that does not depend on the number of threads.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - weights: The weights to start from.
  ///   - optimizer: How parameters follow their gradient.
  ///   - loss: What is made small.
  ///   - regularization: What else is made small, and how gradients are limited.
  ///   - batchSize: The largest batch, at least 1.
  ///   - stream: Where the random numbers of dropout come from.
  ///   - pool: The threads.
  /// - Throws: ``InputError`` when the weights are not the network's.
  public init(
    _ network: Network, weights: Weights<S>, optimizer: any Optimizer, loss: any Loss = SoftmaxCrossEntropy(),
    regularization: Regularization = Regularization(), batchSize: Int, stream: RandomStream = RandomStream(seed: 0),
    pool: ThreadPool = .shared
  ) throws {
    precondition(batchSize >= 1, "expected a batch size of at least 1, got \(batchSize)")
    try weights.check(against: network)
    self.network = network
    self.batchSize = batchSize
    self.optimizer = optimizer
    self.loss = loss
    self.regularization = regularization
    self.pool = pool
    let partition = BatchPartition(batchSize)
    let plan = try NetworkPlan<S>(
      network, in: PlanContext(mode: .training(stream), itemCount: partition.capacity, hasGradients: true))
    executor = NetworkExecutor(plan)
    evaluation = try NetworkPlan<S>(network, in: .prediction)
    parameters = Buffer(repeating: 0, count: plan.layout.count)
    gradients = Buffer(repeating: 0, count: partition.partCount * plan.layout.trainedCount)
    firstMoments = Buffer(repeating: 0, count: plan.layout.trainedCount)
    secondMoments = Buffer(repeating: 0, count: plan.layout.trainedCount)
    lossSums = Buffer(repeating: 0, count: partition.partCount)
    partCounts = Buffer(repeating: 0, count: partition.partCount)
    batch = TrainingBatch(network, size: batchSize)
    self.weights = weights
  }

  /// The memory of values and gradients that there is: one piece for each thread that has been there to work, or, where
  /// parts of a batch meet on the way, one for each part.
  package var slotCount: Int { executor.slotCount }

  /// The weights as they are now; setting them keeps the optimizer's moments.
  public var weights: Weights<S> {
    get { Weights(parameters.all, executor.plan.layout) }
    set { newValue.write(to: parameters.all, executor.plan.layout) }
  }

  /// What applies the network without training it, made when it is first needed.
  private(set) lazy var evaluator = NetworkExecutor(evaluation)

  /// The number of trained numbers.
  var trainedCount: Int { executor.plan.layout.trainedCount }

  /// Computes the gradient of each part of the batch that ``batch`` holds.
  ///
  /// - Parameters:
  ///   - images: All images.
  ///   - count: The number of images in the batch.
  /// - Returns: The mean loss of the batch, without penalty.
  func accumulateGradients(_ images: Span<S>, count: Int) -> Double {
    let partition = BatchPartition(count)
    let counts = partCounts[0..<partition.partCount]
    for part in counts.indices { counts[part] = partition[part].count }
    let weight = loss.weight(of: batch.targets(0..<count).span, count: count)
    executor.reserve(lanes: pool.workerCount, parts: partition.partCount)
    executor.prepare(parameters)
    images.withUnsafeBufferPointer { images in
      let worker = PassWorker(
        executor: executor, batch: batch, partition: partition,
        source: BatchSource(base: images.baseAddress!, itemCount: executor.plan.valueCounts[0]), loss: loss,
        scale: S(1 / weight), step: stepCount, parameters: parameters, gradients: gradients, lossSums: lossSums)
      for stretch in executor.stretches {
        pool.run(partition.partCount, StretchLoop(worker: worker, stretch: stretch, isBack: false))
        executor.meet(after: stretch, counts: counts.span)
      }
      for stretch in executor.stretchesBack.dropFirst() {
        executor.meet(afterBack: stretch - 1, counts: counts.span, addingTo: gradients[0..<trainedCount])
        pool.run(partition.partCount, StretchLoop(worker: worker, stretch: stretch, isBack: true))
      }
    }
    return lossSums[0..<partition.partCount].reduce(0, +) / weight
  }
}
