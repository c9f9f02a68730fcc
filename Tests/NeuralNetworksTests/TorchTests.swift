import Formats
import Foundation
import NeuralNetworks
import Parallel
import Tensors
import TestSupport
import Testing

/// Whole networks beside what PyTorch computes in float64; see Fixtures/README.md.
@Suite struct TorchTests {
  private static let sizes: [Architecture: Int] = [.small: 16, .standard: 12, .mlp: 16, .largeKernel: 9]
  private static let optimizers: [String: any Optimizer] = [
    "sgd": SGD(learningRate: 0.05),
    "momentum": SGD(learningRate: 0.05, momentum: 0.9, weightDecay: 0.01),
    "nesterov": SGD(learningRate: 0.03, momentum: 0.8, isNesterov: true),
    "adam": Adam(learningRate: 0.01),
    "adamw": Adam(learningRate: 0.01, betas: (0.8, 0.95), weightDecay: 0.1, decay: .decoupled),
    "rmsprop": RMSProp(learningRate: 0.003, smoothing: 0.9, momentum: 0.5, weightDecay: 0.01),
    "clipped": SGD(learningRate: 0.5),
  ]

  private let archive: NPZArchive
  private let labels = Array(0..<7)

  init() throws { archive = try NPZ.read(Places.fixture("torch.npz")) }

  private func start(_ network: Network) -> Weights<Double> {
    Weights(
      network.parameters.map { parameter in
        let phase = 1.3 * Double(parameter.name.count)
        let base = parameter.name.hasSuffix("running_var") ? 1.0 : 0
        let scale = parameter.name.hasSuffix("num_batches_tracked") ? 0 : 0.1
        let values = (0..<parameter.count).map { base + scale * sin(0.7 * Double($0) + phase) }
        return (parameter.name, Tensor(values, shape: parameter.shape))
      })
  }

  private func images(_ size: Int) -> Tensor<Double> {
    Tensor((0..<7 * size * size).map { sin(0.37 * Double($0)) + 0.5 }, shape: [7, 1, size, size])
  }

  private func probe(_ tensor: Tensor<Double>) -> Tensor<Double> {
    let flat = tensor.reshaped([-1])
    let cosines = Tensor((0..<flat.count).map { cos(Double($0)) })
    return Tensor([flat.sum, flat.norm, flat.dot(cosines)])
  }

  private func trainer(
    _ architecture: Architecture, _ optimizer: any Optimizer, clipped: Bool = false
  ) throws -> Trainer<Double> {
    let size = Self.sizes[architecture]!
    let network = try architecture.network(inputShape: [1, size, size], classCount: 10).withoutDropout
    return try Trainer(
      network, weights: start(network), optimizer: optimizer,
      regularization: Regularization(largestGradientNorm: clipped ? 0.1 : nil), batchSize: 7,
      pool: ThreadPool(threadCount: 1))
  }

  @Test(arguments: sizes.keys) func outputsAndGradients(_ architecture: Architecture) throws {
    let trainer = try trainer(architecture, SGD(learningRate: 0))
    let images = images(Self.sizes[architecture]!)
    let key = architecture.rawValue
    #expect(try relativeError(trainer.outputs(images), archive["\(key)/logits"].tensor()) < 1e-12)
    let (loss, gradients) = try trainer.gradients(images: images, labels: labels)
    #expect(try abs(loss - archive["\(key)/loss"].tensor(as: Double.self).elements[0]) < 1e-12)
    for name in gradients.names {
      let expected: Tensor<Double> = try archive["\(key)/gradient/\(name)"].tensor()
      let found = gradients[name]!
      // A bias directly before a batch normalization has no gradient.
      let error = relativeError(found.shape == expected.shape ? found : probe(found), expected, floor: 1e-6)
      #expect(error < 1e-9, "\(name)")
    }
  }

  @Test(arguments: sizes.keys, optimizers.keys)
  func tenSteps(_ architecture: Architecture, optimizer: String) throws {
    let trainer = try trainer(architecture, Self.optimizers[optimizer]!, clipped: optimizer == "clipped")
    let images = images(Self.sizes[architecture]!)
    for _ in 0..<10 { try trainer.trainEpoch(images: images, labels: labels) }
    for name in trainer.weights.names where !isBiasBeforeNormalization(name, architecture) {
      let expected: Tensor<Double> = try archive["\(architecture.rawValue)/\(optimizer)/\(name)"].tensor()
      #expect(relativeError(probe(trainer.weights[name]!), expected) < 1e-9, "\(name)")
    }
  }

  /// Its gradient is zero but for rounding, which the scaling of Adam and RMSProp turns into steps; the running mean
  /// after it follows.
  private func isBiasBeforeNormalization(_ name: String, _ architecture: Architecture) -> Bool {
    architecture == .standard
      && (["0.bias", "4.bias", "9.bias"].contains(name) || name.hasSuffix("running_mean"))
  }
}

extension Network {
  /// The same layers without dropout.
  var withoutDropout: Network {
    get throws {
      try Network(inputShape: inputShape, layers: nodes.map { $0.layer is Dropout ? Dropout(0) : $0.layer! })
    }
  }
}
