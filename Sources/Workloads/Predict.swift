import Formats
import Foundation
import NeuralNetworks
import Tensors

/// A network applied to 16×16 images.
package struct Predict: Workload {
  let architecture: Architecture
  let batchSize: Int

  /// Names the network and the images that the peers take at a time; ours takes all.
  package init(architecture: Architecture, batchSize: Int) {
    (self.architecture, self.batchSize) = (architecture, batchSize)
  }

  package var name: String { "predict-\(architecture.rawValue)-\(batchSize)" }

  package func makeContender(_ stream: RandomStream) throws -> any Contender {
    let network = try architecture.network(inputShape: [1, 16, 16], classCount: 10)
    let weights = Weights<Float>(initializing: network, from: stream.split("weights"))
    let images = Tensor<Float>.normal([4096, 1, 16, 16], stream.split("images"))
    return try Ours(architecture, network, weights, images, batchSize)
  }

  private final class Ours: Contender {
    let tolerance = 1e-3
    private let architecture: Architecture
    private let weights: Weights<Float>
    private let images: Tensor<Float>
    private let batchSize: Int
    private let predictor: Predictor<Float>

    init(
      _ architecture: Architecture, _ network: Network, _ weights: Weights<Float>, _ images: Tensor<Float>,
      _ batchSize: Int
    ) throws {
      (self.architecture, self.weights, self.images, self.batchSize) = (architecture, weights, images, batchSize)
      predictor = try Predictor(network, weights: weights)
    }

    var itemCount: Int { images.shape[0] }

    var inputs: [(name: String, array: NumPyArray)] {
      [
        ("images", NumPyArray(images)), ("batch", NumPyArray([batchSize])),
        ("network.\(architecture.rawValue)", NumPyArray([1])),
      ] + weights.names.compactMap { name in weights[name].map { ("weights.\(name)", NumPyArray($0)) } }
    }

    func run() throws { _ = try predictor.outputs(images) }

    func difference(from result: NPZArchive) throws -> Double {
      let (peer, logits): (Tensor<Float>, Tensor<Float>) = try (
        result["logits"].tensor(), predictor.outputs(images)
      )
      return Double((logits - peer).norm / logits.norm)
    }

    func remark(seconds: Double) -> String {
      String(format: "%.0f images/s", Double(images.shape[0]) / seconds)
    }
  }
}
