import Formats
import Foundation
import NeuralNetworks
import Tensors

/// Epochs of a network with Adam on 16×16 images.
package struct Train: Workload {
  let architecture: Architecture
  let batchSize: Int

  /// Names the network and the images of a batch.
  package init(architecture: Architecture, batchSize: Int) {
    (self.architecture, self.batchSize) = (architecture, batchSize)
  }

  package var name: String { "train-\(architecture.rawValue)-\(batchSize)" }

  package func makeContender(_ stream: RandomStream) throws -> any Contender {
    let classCount = 10
    let network = try architecture.network(inputShape: [1, 16, 16], classCount: classCount)
    let weights = Weights<Float>(initializing: network, from: stream.split("weights"))
    let images = Tensor<Float>.normal([Self.imageCount, 1, 16, 16], stream.split("images"))
    let labels = (0..<Self.imageCount).map { $0 % classCount }
    return try Ours(architecture, network, weights, images, labels, batchSize, stream.split("order"))
  }

  private static let imageCount = 4096

  private final class Ours: Contender {
    let tolerance = 1e-2
    private let architecture: Architecture
    private let network: Network
    private let weights: Weights<Float>
    private let images: Tensor<Float>
    private let labels: [Int]
    private let batchSize: Int
    private let stream: RandomStream
    private let trainer: Trainer<Float>

    init(
      _ architecture: Architecture, _ network: Network, _ weights: Weights<Float>, _ images: Tensor<Float>,
      _ labels: [Int], _ batchSize: Int, _ stream: RandomStream
    ) throws {
      self.architecture = architecture
      self.network = network
      self.weights = weights
      self.images = images
      self.labels = labels
      self.batchSize = batchSize
      self.stream = stream
      trainer = try Self.makeTrainer(network, weights, batchSize)
    }

    private static func makeTrainer(
      _ network: Network, _ weights: Weights<Float>, _ batchSize: Int
    ) throws -> Trainer<Float> {
      try Trainer(network, weights: weights, optimizer: Adam(), batchSize: batchSize)
    }

    var itemCount: Int { labels.count }

    var inputs: [(name: String, array: NumPyArray)] {
      [
        ("images", NumPyArray(images)), ("labels", NumPyArray(labels)), ("batch", NumPyArray([batchSize])),
        ("network.\(architecture.rawValue)", NumPyArray([1])),
      ]
        + weights.names.compactMap { name in weights[name].map { ("weights.\(name)", NumPyArray($0)) } }
    }

    func run() throws {
      try trainer.trainEpoch(images: images, labels: labels, shuffledBy: stream.split(trainer.epochCount))
    }

    /// The difference of the mean losses over a first epoch in the order given, without dropout.
    func difference(from result: NPZArchive) throws -> Double {
      let certain = try Network(
        inputShape: network.inputShape, layers: network.nodes.map { $0.layer is Dropout ? Identity() : $0.layer! })
      let loss = try Self.makeTrainer(certain, weights, batchSize).trainEpoch(images: images, labels: labels)
      let peer = try result["loss"].tensor(as: Double.self)
      return abs(peer[0] / loss - 1)
    }

    func remark(seconds: Double) -> String {
      String(format: "%.0f images/s", Double(labels.count) / seconds)
    }
  }
}
