import NeuralNetworks
import Parallel
import Tensors
import TestSupport
import Testing

@Suite struct TrainingTests {
  /// Images whose class is the quadrant of a bright 3×3 blot in noise.
  static func blots(_ count: Int, seed: UInt64) -> (images: Tensor<Float>, labels: [Int]) {
    var stream = RandomStream(seed: seed)
    var images: Tensor<Float> = randomTensor([count, 1, 16, 16], seed: seed + 1)
    let labels = (0..<count).map { _ in stream.integer(in: 0..<4) }
    for (item, label) in labels.enumerated() {
      let (top, left) = (label / 2 * 8 + stream.integer(in: 0..<6), label % 2 * 8 + stream.integer(in: 0..<6))
      for y in top..<top + 3 {
        for x in left..<left + 3 { images[item, 0, y, x] += 3 }
      }
    }
    return (images, labels)
  }

  static func accuracy(_ logits: Tensor<Float>, _ labels: [Int]) -> Double {
    let correct = labels.indices.count { item in
      let row = logits[rows: item..<item + 1].elements
      return row.firstIndex(of: row.max()!) == labels[item]
    }
    return Double(correct) / Double(labels.count)
  }

  private func trainer<S: NetworkScalar>(
    _ architecture: Architecture, shape: [Int] = [1, 16, 16], classCount: Int = 4, optimizer: any Optimizer = Adam(),
    batchSize: Int = 64, threads: Int = 2, as type: S.Type = Float.self
  ) throws -> Trainer<S> {
    let network = try architecture.network(inputShape: shape, classCount: classCount)
    return try Trainer(
      network, weights: Weights(initializing: network, from: RandomStream(seed: 17)), optimizer: optimizer,
      batchSize: batchSize, pool: ThreadPool(threadCount: threads))
  }

  @Test func theSmallNetworkLearns() throws {
    let (images, labels) = Self.blots(1000, seed: 1)
    let (testImages, testLabels) = Self.blots(400, seed: 5)
    let trainer = try trainer(.small, optimizer: Adam(learningRate: 0.003))
    var losses: [Double] = []
    var loop = TrainingLoop(epochs: 8, shuffledBy: RandomStream(seed: 3))
    try loop.run(trainer, images: images, labels: labels) {
      losses.append($0.loss)
      #expect($0.epoch == losses.count && $0.epochs == 8 && $0.imagesPerSecond > 0)
    }
    #expect(losses.count == 8 && losses.last! < losses.first! / 4)
    #expect(try Self.accuracy(trainer.outputs(testImages), testLabels) > 0.95)
  }

  @Test(arguments: Architecture.ofAnySize, [1, 7, 50])
  func theSameSeedGivesTheSameBitsOnAnyNumberOfThreads(_ architecture: Architecture, batchSize: Int) throws {
    if architecture == .standard && batchSize == 1 { return }
    let shape = architecture == .largeKernel ? [1, 8, 8] : [1, 16, 16]
    let images: Tensor<Float> = randomTensor([67] + shape, seed: 1)
    let labels = (0..<67).map { $0 % 4 }
    func train(_ threads: Int) throws -> (Double, Weights<Float>, Tensor<Float>) {
      let trainer = try trainer(architecture, shape: shape, batchSize: batchSize, threads: threads)
      let loss = try trainer.trainEpoch(images: images, labels: labels, shuffledBy: RandomStream(seed: 2))
      return (loss, trainer.weights, try trainer.outputs(images))
    }
    let reference = try train(1)
    for threads in [2, 3] {
      let other = try train(threads)
      #expect(reference.0 == other.0 && reference.1 == other.1 && reference.2 == other.2, "\(threads) threads")
    }
  }

  @Test func theSameBitsInsideAnotherParallelLoop() throws {
    let (images, labels) = Self.blots(60, seed: 1)
    let pool = ThreadPool(threadCount: 2)
    let network = try Architecture.small.network(inputShape: [1, 16, 16], classCount: 4)
    let start = Weights<Float>(initializing: network, from: RandomStream(seed: 17))
    let results = Lock([Weights<Float>?](repeating: nil, count: 3))
    @Sendable func train() -> Weights<Float>? {
      let trainer = try? Trainer(network, weights: start, optimizer: Adam(), batchSize: 40, pool: pool)
      _ = try? trainer?.trainEpoch(images: images, labels: labels, shuffledBy: RandomStream(seed: 2))
      return trainer?.weights
    }
    pool.run(3) { index, _ in
      let weights = train()
      results.withLock { $0[index] = weights }
    }
    let outside = train()
    #expect(outside != nil && outside != start)
    results.withLock { #expect($0.allSatisfy { $0 == outside }) }
  }

  @Test func memoryFollowsTheThreadsThatAreThereToWork() throws {
    let (images, labels) = Self.blots(60, seed: 1)
    let trainers = try (0..<3).map { _ in try trainer(.small, batchSize: 40, threads: 3) }
    try trainers[0].trainEpoch(images: images, labels: labels)
    try trainers[0].trainEpoch(images: images, labels: labels)
    #expect(trainers[0].slotCount == 3)
    // Each is used by one iteration at a time.
    nonisolated(unsafe) let (inside, back) = (trainers[1], trainers[2])
    ThreadPool(threadCount: 2).run(2) { index, _ in
      if index == 0 {
        _ = try? inside.trainEpoch(images: images, labels: labels)
      } else {
        _ = try? back.gradients(images: images[rows: 0..<20], labels: Array(labels[..<20]))
      }
    }
    #expect(inside.slotCount == 1 && back.slotCount == 1)
    try inside.trainEpoch(images: images, labels: labels)
    #expect(inside.slotCount == 3 && inside.weights == trainers[0].weights)
    try back.trainEpoch(images: images, labels: labels)
    ThreadPool(threadCount: 2).run(2) { index, _ in
      if index == 1 { _ = try? back.trainEpoch(images: images, labels: labels) }
    }
    #expect(back.slotCount == 3 && back.weights == trainers[0].weights)
  }

  @Test func aBatchsGradientDoesNotDependOnItsCutting() throws {
    let trainer: Trainer<Double> = try trainer(.small, batchSize: 100, as: Double.self)
    let images: Tensor<Double> = randomTensor([41, 1, 16, 16], seed: 4)
    let labels = (0..<41).map { $0 % 4 }
    let (loss, gradients) = try trainer.gradients(images: images, labels: labels)
    let logits = try trainer.outputs(images)
    var direction = Tensor<Double>.zeros([41, 4])
    let sum = logits.withUnsafeBufferPointer { logits in
      direction.withUnsafeMutableBufferPointer { target in
        var gradient = target.mutableSpan
        return SoftmaxCrossEntropy().evaluate(
          logits.span, targets: labels.flatMap { label in (0..<4).map { $0 == label ? 1.0 : 0 } }.span, count: 41,
          scale: 1 / 41, gradient: &gradient)
      }
    }
    #expect(abs(loss - sum / 41) < 1e-13)
    let whole = try trainer.network.pullback(direction, images: images, weights: trainer.weights).weights
    for name in gradients.names { #expect(relativeError(gradients[name]!, whole[name]!) < 1e-12, "\(name)") }
  }

  @Test func partsCoverABatchAndFitTheMemoryOfALargerOne() {
    for largest in [1, 15, 16, 17, 64, 65, 100, 257, 1000, 5000] {
      let memory = BatchPartition(largest)
      for count in Set([0, 1, largest / 3, largest - 1, largest, 16, 64, 256, 2048].filter { $0 <= largest }) {
        let partition = BatchPartition(count)
        let parts = (0..<partition.partCount).map { partition[$0] }
        #expect(parts.flatMap(Array.init) == Array(0..<count))
        #expect(partition.partCount <= memory.partCount && parts.allSatisfy { $0.count <= memory.capacity })
      }
    }
  }

  @Test func aRaggedLastBatchIsAveragedByItsOwnSize() throws {
    let images: Tensor<Double> = randomTensor([5, 1, 4, 4], seed: 1)
    let labels = [0, 1, 2, 1, 0]
    let whole: Trainer<Double> = try trainer(
      .mlp, shape: [1, 4, 4], classCount: 3, optimizer: SGD(learningRate: 0.1), batchSize: 3, as: Double.self)
    let loss = try whole.trainEpoch(images: images, labels: labels)
    let parts: Trainer<Double> = try trainer(
      .mlp, shape: [1, 4, 4], classCount: 3, optimizer: SGD(learningRate: 0.1), batchSize: 5, as: Double.self)
    let first = try parts.trainEpoch(images: images[rows: 0..<3], labels: Array(labels[..<3]))
    let second = try parts.trainEpoch(images: images[rows: 3..<5], labels: Array(labels[3...]))
    #expect(abs(loss - (3 * first + 2 * second) / 5) < 1e-14)
    for name in whole.weights.names { #expect(relativeError(whole.weights[name]!, parts.weights[name]!) < 1e-13) }
  }

  @Test func shufflingIsReproducibleAndChangesTheOrder() throws {
    let (images, labels) = Self.blots(40, seed: 1)
    func weights(_ stream: RandomStream?) throws -> Weights<Float> {
      let trainer = try trainer(.small, batchSize: 8)
      try trainer.trainEpoch(images: images, labels: labels, shuffledBy: stream)
      return trainer.weights
    }
    let once = try weights(RandomStream(seed: 1))
    #expect(try weights(RandomStream(seed: 1)) == once)
    #expect(try weights(RandomStream(seed: 2)) != once)
    #expect(try weights(nil) != once)
  }

  @Test func stopsWhereTheLossIsNotFinite() throws {
    let (images, labels) = Self.blots(64, seed: 1)
    let diverging = try trainer(.small, optimizer: SGD(learningRate: 1e6), batchSize: 16)
    #expect {
      for _ in 0..<20 { try diverging.trainEpoch(images: images, labels: labels) }
    } throws: {
      "\($0)".contains("epoch 1, batch") && "\($0)".contains("Lower the learning rate")
    }
    var broken = images
    broken[37, 0, 3, 3] = .nan
    let trainer = try trainer(.small, batchSize: 16)
    #expect { try trainer.trainEpoch(images: broken, labels: labels) } throws: {
      "\($0)".contains("epoch 1, batch 3") && "\($0)".contains("image 37")
    }
    #expect(trainer.stepCount == 2)
    #expect(trainer.weights.names.allSatisfy { trainer.weights[$0]!.maximumMagnitude.isFinite })
  }

  @Test func explainsDataThatDoesNotFit() throws {
    let trainer = try trainer(.small)
    let images = Tensor<Float>.zeros([3, 1, 16, 16])
    #expect { try trainer.trainEpoch(images: images, labels: [0, 1]) } throws: {
      "\($0)".contains("one for each of 3 images")
    }
    #expect { try trainer.trainEpoch(images: images, labels: [0, 4, 1]) } throws: {
      "\($0)".contains("found 4 at row 1")
    }
    #expect { try trainer.outputs(Tensor<Float>.zeros([3, 16, 16])) } throws: {
      "\($0)".contains("expected shape [N, 1, 16, 16], found [3, 16, 16]")
    }
    let images3 = try Network(inputShape: [1, 4, 4], layers: [ReLU()])
    let unflattened = try Trainer<Float>(images3, weights: Weights([]), optimizer: Adam(), batchSize: 1)
    #expect { try unflattened.trainEpoch(images: Tensor<Float>.zeros([1, 1, 4, 4]), labels: [0]) } throws: {
      "\($0)".contains("End the network with Flatten and Dense")
    }
  }

  @Test func endsWhenCancelled() throws {
    let (images, labels) = Self.blots(64, seed: 1)
    let trainer = try trainer(.small, batchSize: 16)
    var questions = 0
    #expect(throws: CancellationError.self) {
      try trainer.trainEpoch(images: images, labels: labels) {
        questions += 1
        return questions > 2
      }
    }
    #expect(trainer.stepCount == 2 && trainer.epochCount == 0)
  }

  @Test func predictionTakesAnyNumberOfImages() throws {
    let trainer = try trainer(.small)
    let images: Tensor<Float> = randomTensor([1100, 1, 16, 16], seed: 8)
    let all = try trainer.outputs(images)
    let predictor = try Predictor(trainer.network, weights: trainer.weights)
    for range in [0..<1, 3..<20, 0..<0, 1000..<1100] {
      let part = try predictor.outputs(images[rows: range])
      #expect(part.shape == [range.count, 4])
      if !range.isEmpty { #expect(relativeError(part, all[rows: range]) < 1e-5) }
    }
  }
}
