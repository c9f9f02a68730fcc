import LinearModels
import NeuralNetworks
import Tensors

/// A network trained with Adam on its own loss, with all its weights or behind frozen filters.
///
/// Pixels are shifted and scaled by the mean and the standard deviation of all training pixels, numbers as ``NumberCoding``
/// has it. A trial is a number of epochs; all trials are stations of one training run, so that the last one is the longest.
struct NetworkContender: Contender {
  let name: String
  let side: Side
  let atoms: Tensor<Double>? = nil
  let isNetwork = true

  private let network: Network
  private let filters: FrozenFilters?
  private let loss: any Loss
  private let family: ModelFamily
  private let epochs: Int

  /// The number of images per step; a few less where the last step would have a single image, which a batch normalization
  /// cannot take.
  static func batchSize(for count: Int) -> Int {
    (2...maximumBatchSize).last { count % $0 != 1 } ?? maximumBatchSize
  }

  static let maximumBatchSize = 64
  /// Adam's step size.
  static let learningRate = 3e-3

  /// A network that learns all its weights but those that its description freezes: a fixed model where these are all its
  /// filters.
  init(name: String, network: Network, loss: any Loss, family: ModelFamily, epochs: Int) {
    self.name = name
    let filters = network.filterNodes
    side = !filters.isEmpty && filters.allSatisfy(\.isFrozen) ? .fixed : .learned
    self.network = network
    self.filters = nil
    self.loss = loss
    self.family = family
    self.epochs = epochs
  }

  /// A network behind frozen filters: a fixed model where they are the atoms of a basis, a control where they are random.
  init(name: String, filters: FrozenFilters, loss: any Loss, family: ModelFamily, epochs: Int) {
    self.name = name
    side = filters.isRandom ? .control : .fixed
    network = filters.network
    self.filters = filters
    self.loss = loss
    self.family = family
    self.epochs = epochs
  }

  var layers: Network? { network }

  var searchSpace: String { "epochs from 2 to \(epochs), evenly in their logarithm" }

  var cost: ModelCost {
    ModelCost(parameters: network.parameterCount, links: network.linkCount, operations: network.operationCount)
  }

  func candidates(
    trials: Int, training: LabeledImages, stream: RandomStream, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> [Candidate] {
    let scaling = PixelStandardizer(fitting: training.images)
    let images = scaling.apply(training.images)
    let trainer = try Trainer(
      network, weights: firstWeights(from: stream.split("weights")),
      optimizer: Adam(learningRate: Self.learningRate), loss: loss,
      batchSize: Self.batchSize(for: training.labels.count), stream: stream.split("dropout"))
    var candidates: [Candidate] = []
    let stations = Set(TrialPath.epochs(trials, upTo: epochs))
    var loop = TrainingLoop(epochs: epochs, shuffledBy: stream.split("shuffle"))
    let coding = family.explainsNumbers ? NumberCoding(fitting: training.numbers, family: family) : nil
    let targets = coding.map { $0.targets(training.numbers) } ?? .classes(training.labels)
    try loop.run(trainer, images: images, targets: targets, isCancelled: isCancelled) {
      guard stations.contains($0.epoch) else { return }
      let trained = TrainedNetwork(network, weights: trainer.weights, standardizer: scaling, numbers: coding)
      candidates.append(
        Candidate(
          setting: "epochs=\($0.epoch)", remark: nil, filters: pictures(trained.weights), network: trained
        ) { try trained.predictions($0) })
    }
    return candidates
  }

  private func firstWeights(from stream: RandomStream) -> Weights<Float> {
    filters?.weights(from: stream) ?? Weights<Float>(initializing: network, from: stream)
  }

  /// The first layer's weights as pictures: the kernels of all channels, or the weight images of a dense layer.
  private func pictures(_ weights: Weights<Float>) -> Tensor<Float>? {
    network.filterLayers.first.map { layer in
      layer.filters(weights).map { Float($0) }.reshaped([-1, layer.size.height, layer.size.width])
    }
  }
}
