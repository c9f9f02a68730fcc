import Formats
import Foundation
import NeuralNetworks
import Parallel
import Tensors
import TestSupport
import Testing

@Suite struct RealDataTests {
  private static let digits = Places.realData?.appendingPathComponent("usps_16x16.npz")

  private func part(_ archive: NPZArchive, _ name: String) throws -> (images: Tensor<Float>, labels: [Int]) {
    let pixels: Tensor<Float> = try archive["X_\(name)"].tensor()
    let scale = 2 / max(1, pixels.maximumMagnitude)
    let images = pixels.map { $0 * scale - 1 }.reshaped([-1, 1, 16, 16])
    return (images, try archive["y_\(name)"].integers())
  }

  @Test(.enabled(if: digits != nil, "the folder of real data is absent"))
  func theSmallNetworkReadsDigits() throws {
    let archive = try NPZ.read(Self.digits!)
    let (images, labels) = try part(archive, "train")
    let (testImages, testLabels) = try part(archive, "test")
    let network = try Architecture.small.network(inputShape: [1, 16, 16], classCount: 10)
    let trainer = try Trainer<Float>(
      network, weights: Weights(initializing: network, from: RandomStream(seed: 1)),
      optimizer: Adam(learningRate: 0.003),
      batchSize: 64, pool: ThreadPool(threadCount: 2))
    var loop = TrainingLoop(epochs: 12, shuffledBy: RandomStream(seed: 2))
    try loop.run(trainer, images: images, labels: labels) { _ in }
    let accuracy = TrainingTests.accuracy(try trainer.outputs(testImages), testLabels)
    #expect(accuracy > 0.945, "error \(1 - accuracy)")
    print("error of the small network on the official test digits: \(1 - accuracy)")
  }
}
