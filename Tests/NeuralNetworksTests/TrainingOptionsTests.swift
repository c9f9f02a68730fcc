import NeuralNetworks
import Parallel
import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct TrainingOptionsTests {
  private let images: Tensor<Double> = randomTensor([23, 1, 8, 8], seed: 1)
  private let labels = (0..<23).map { $0 % 3 }

  private func trainer(
    _ network: Network, optimizer: any Optimizer = SGD(learningRate: 0.05), loss: any Loss = SoftmaxCrossEntropy(),
    regularization: Regularization = Regularization(), seed: UInt64 = 1, threads: Int = 1
  ) throws -> Trainer<Double> {
    try Trainer(
      network, weights: Weights(initializing: network, from: RandomStream(seed: 3)), optimizer: optimizer, loss: loss,
      regularization: regularization, batchSize: 23, stream: RandomStream(seed: seed),
      pool: ThreadPool(threadCount: threads))
  }

  @Test func thePenaltyIsThatOfWeightDecay() throws {
    let network = try Architecture.mlp.network(inputShape: [1, 8, 8], classCount: 3)
    let penalised = try trainer(network, regularization: Regularization(penalty: 0.3))
    let decayed = try trainer(network, optimizer: SGD(learningRate: 0.05, weightDecay: 0.3))
    let before = decayed.weights
    let losses = try (
      penalised.trainEpoch(images: images, labels: labels), decayed.trainEpoch(images: images, labels: labels)
    )
    let squares = before.names.reduce(0.0) { $0 + before[$1]!.dot(before[$1]!) }
    #expect(abs(losses.0 - losses.1 - 0.15 * squares) < 1e-12)
    for name in before.names {
      #expect(relativeError(penalised.weights[name]!, decayed.weights[name]!) < 1e-13, "\(name)")
    }
  }

  @Test func dropoutDependsOnTheSeedAloneAndKeepsTheMean() throws {
    let network = try Network(inputShape: [1, 8, 8]) {
      Flatten()
      Dropout(0.25)
      Dense(inputCount: 64, outputCount: 3)
    }
    func weights(_ seed: UInt64, _ threads: Int) throws -> Weights<Double> {
      let trainer = try trainer(network, seed: seed, threads: threads)
      for _ in 0..<3 { try trainer.trainEpoch(images: images, labels: labels) }
      return trainer.weights
    }
    let once = try weights(1, 1)
    #expect(try weights(1, 2) == once && weights(2, 1) != once)
    let alone = try Network(inputShape: [1000]) { Dropout(0.25) }
    let ones = Tensor<Double>(repeating: 1, shape: [100, 1000])
    let dropped = try alone.pullback(ones, images: ones, weights: Weights([]), mode: .training(RandomStream(seed: 4)))
    #expect(dropped.outputs == dropped.images)
    #expect(Set(dropped.outputs.elements) == [0, 1 / 0.75])
    #expect(abs(dropped.outputs.sum / 1e5 - 1) < 0.01)
    let rows = (0..<100).map { dropped.outputs[rows: $0..<$0 + 1].elements }
    #expect(Set(rows).count == 100)
    #expect(try Predictor(alone, weights: Weights([])).outputs(ones) == ones)
  }

  @Test func everyMethodTrainsTheSame() throws {
    func losses<S: NetworkScalar>(_ method: ConvolutionMethod, as type: S.Type) throws -> [Double] {
      let network = try Network(inputShape: [1, 8, 8]) {
        Conv2D(inputChannels: 1, outputChannels: 4, kernelSize: 5, padding: 2, method: method)
        ReLU()
        Conv2D(inputChannels: 4, outputChannels: 5, kernelSize: 7, padding: 3, method: method)
        ReLU()
        GlobalAveragePool2D()
        Flatten()
        Dense(inputCount: 5, outputCount: 3)
      }
      let trainer = try Trainer<S>(
        network, weights: Weights(initializing: network, from: RandomStream(seed: 3)),
        optimizer: Adam(learningRate: 0.01), batchSize: 23)
      return try (0..<20).map { _ in try trainer.trainEpoch(images: images.map { S($0) }, labels: labels) }
    }
    let (exact, single) = try (losses(.direct, as: Double.self), losses(.direct, as: Float.self))
    for method in [ConvolutionMethod.fft, .im2col, .automatic] {
      #expect(try zip(losses(method, as: Double.self), exact).allSatisfy { abs($0 - $1) < 1e-9 })
      #expect(try zip(losses(method, as: Float.self), single).allSatisfy { abs($0 - $1) < 1e-3 })
    }
    #expect(zip(single, exact).allSatisfy { abs($0 - $1) < 1e-3 })
  }

  @Test(arguments: Architecture.ofAnySize) func aStepInFloatIsThatInDouble(_ architecture: Architecture) throws {
    let network = try architecture.network(inputShape: [1, 8, 8], classCount: 3).withoutDropout
    let exact = try trainer(network, optimizer: SGD(learningRate: 1))
    let single = try Trainer<Float>(
      network, weights: Weights(initializing: network, from: RandomStream(seed: 3)),
      optimizer: SGD(learningRate: 1), batchSize: 23)
    let start = exact.weights
    try exact.trainEpoch(images: images, labels: labels)
    try single.trainEpoch(images: images.map { Float($0) }, labels: labels)
    for name in start.names where !(architecture == .standard && ["0.bias", "4.bias", "9.bias"].contains(name)) {
      let (move, expected) = (
        single.weights[name]!.map { Double($0) } - start[name]!, exact.weights[name]! - start[name]!
      )
      #expect(relativeError(move, expected, floor: 1e-3) < 1e-4, "\(name)")
    }
  }

  @Test func goesOnWithTheSameBits() throws {
    let network = try Architecture.standard.network(inputShape: [1, 8, 8], classCount: 3)
    let whole = try trainer(network, optimizer: Adam())
    let first = try trainer(network, optimizer: Adam())
    for _ in 0..<4 { try whole.trainEpoch(images: images, labels: labels) }
    for _ in 0..<2 { try first.trainEpoch(images: images, labels: labels) }
    let second = try trainer(network, optimizer: Adam())
    try second.restore(first.state)
    for _ in 0..<2 { try second.trainEpoch(images: images, labels: labels) }
    #expect(second.state == whole.state && whole.state != first.state)
    let other = try trainer(Architecture.mlp.network(inputShape: [1, 8, 8], classCount: 3))
    #expect { try other.restore(first.state) } throws: { "\($0)".contains("weights of another network") }
  }

  @Test func aLoopFollowsItsScheduleAndRestoresTheBest() throws {
    let network = try Architecture.mlp.network(inputShape: [1, 8, 8], classCount: 3)
    let trainer = try trainer(network)
    var loop = TrainingLoop(epochs: 9, shuffledBy: nil)
    loop.schedule = .step(every: 2, factor: 0.5)
    loop.stopping = EarlyStopping(patience: 1)
    var rates: [Double] = []
    var kept: [Weights<Double>] = []
    var losses = [3.0, 2, 4, 5, 1].makeIterator()
    try loop.run(trainer, images: images, labels: labels, validate: { losses.next()! }) {
      rates.append($0.learningRate)
      kept.append(trainer.weights)
    }
    #expect(rates == [0.05, 0.05, 0.025, 0.025] && trainer.weights == kept[1])
    #expect(trainer.optimizer.learningRate == 0.05 && loop.stopping?.bestEpoch == 2)
  }

  @Test func learnsValuesAsWellAsClasses() throws {
    let network = try Network(inputShape: [1, 4, 4]) {
      Conv2D(inputChannels: 1, outputChannels: 1, kernelSize: 3, padding: 1)
    }
    let images: Tensor<Double> = randomTensor([20, 1, 4, 4], seed: 1)
    let weights: Weights<Double> = Weights(initializing: network, from: RandomStream(seed: 2))
    let teacher = try Predictor(network, weights: weights).outputs(images)
    let trainer = try Trainer<Double>(
      network, weights: Weights(initializing: network, from: RandomStream(seed: 5)),
      optimizer: Adam(learningRate: 0.02),
      loss: MeanSquaredError(), batchSize: 20)
    for _ in 0..<400 { try trainer.trainEpoch(images: images, targets: .values(teacher)) }
    for name in weights.names { #expect(relativeError(trainer.weights[name]!, weights[name]!) < 1e-3, "\(name)") }
    #expect { try trainer.trainEpoch(images: images, targets: .values(teacher.reshaped([20, 16]))) } throws: {
      "\($0)".contains("targets: expected shape [N, 1, 4, 4], found [20, 16]")
    }
  }

  @Test func refusesABatchThatANormalizationCannotTake() throws {
    let network = try Network(inputShape: [4]) { BatchNorm1D(channels: 4) }
    let trainer = try Trainer<Float>(
      network, weights: Weights(initializing: network, from: RandomStream(seed: 2)), optimizer: Adam(), batchSize: 4)
    #expect {
      try trainer.trainEpoch(images: Tensor<Float>.zeros([9, 4]), labels: [Int](repeating: 0, count: 9))
    } throws: {
      "\($0)".contains("9 images in batches of 4 leave a last batch of 1")
    }
  }

  @Test(arguments: [Initializer.glorot, .he, .orthogonal, .normal(deviation: 0.2), .zeros])
  func drawsAsItSays(_ initializer: Initializer) {
    let tensor: Tensor<Double> = initializer.makeTensor([40, 8, 5, 5], from: RandomStream(seed: 1))
    let variance = tensor.dot(tensor) / Double(tensor.count)
    let expected =
      switch initializer {
      case .glorot: 2.0 / Double(8 * 25 + 40 * 25)
      case .he: 2.0 / 200
      case .orthogonal: 1.0 / 200
      case .normal: 0.04
      default: 0.0
      }
    #expect(abs(variance - expected) <= 0.05 * expected)
    guard initializer == .orthogonal else { return }
    let rows = tensor.reshaped([40, 200])
    let identity = Tensor((0..<1600).map { $0 % 41 == 0 ? 1.0 : 0 }, shape: [40, 40])
    #expect(relativeError(rows.matrixProduct(rows.transposed), identity) < 1e-12)
  }
}
