import Formats
import Foundation
import NeuralNetworks
import Tensors
import TestSupport
import Testing

@Suite struct WeightFileTests {
  private func network(classes: Int = 3, channels: Int = 4) throws -> Network {
    try Network(inputShape: [1, 6, 6]) {
      Conv2D(inputChannels: 1, outputChannels: channels, kernelSize: 3).frozen()
      BatchNorm2D(channels: channels)
      Dropout(0.3)
      Flatten()
      Dense(inputCount: channels * 16, outputCount: classes)
    }
  }

  private func trainer(_ network: Network) throws -> Trainer<Float> {
    try Trainer(
      network, weights: Weights(initializing: network, from: RandomStream(seed: 1)),
      optimizer: Adam(learningRate: 0.01),
      batchSize: 5, stream: RandomStream(seed: 3))
  }

  private func train(_ trainer: Trainer<Float>, epochs: Int) throws {
    let images = randomTensor([17, 1, 6, 6], seed: 4, as: Float.self)
    for _ in 0..<epochs {
      try trainer.trainEpoch(
        images: images, labels: (0..<17).map { $0 % 3 }, shuffledBy: RandomStream(seed: 5).split(trainer.epochCount))
    }
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("w.safetensors")
      let network = try network()
      let trainer = try trainer(network)
      try train(trainer, epochs: 2)
      try trainer.weights.write(safetensors: url, metadata: ["a": "b"])
      #expect(try Weights<Float>(safetensors: url, for: network) == trainer.weights)
      let archive = try Safetensors.read(url)
      #expect(archive.names == network.parameters.map(\.name) && archive.metadata == ["a": "b"])
      #expect(try archive["1.num_batches_tracked"].integers() == [8])
      #expect(try archive["1.num_batches_tracked"].elementType == .int64)
      let double = try Weights<Double>(safetensors: url, for: network)
      try double.write(safetensors: url)
      #expect(try Safetensors.read(url)["4.weight"].elementType == .float64)
      #expect(try Weights<Float>(safetensors: url, for: network) == trainer.weights)
    }
  }

  @Test func aStateGoesOnAsIfItHadNeverStopped() throws {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("state.safetensors")
      let network = try network()
      let (whole, first, second) = (try trainer(network), try trainer(network), try trainer(network))
      try train(whole, epochs: 5)
      try train(first, epochs: 2)
      let state = first.state
      try Safetensors.write(state.arrays, metadata: state.metadata, to: url)
      try second.restore(TrainerState(Safetensors.read(url), origin: "state", for: network))
      #expect(second.state == state && second.epochCount == 2 && second.stepCount == 8)
      try train(second, epochs: 3)
      #expect(second.state == whole.state)
    }
  }

  @Test func strangersAreNamed() throws {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("w.safetensors")
      try Weights<Float>(initializing: network(), from: RandomStream(seed: 1)).write(safetensors: url)
      #expect {
        try Weights<Float>(safetensors: url, for: network(classes: 4))
      } throws: {
        "\($0)".contains("w.safetensors: 4.weight has shape [3, 64] instead of [4, 64]; 4.bias has shape [3]")
      }
      let mlp = try Architecture.mlp.network(inputShape: [1, 6, 6], classCount: 3)
      #expect {
        try Weights<Float>(safetensors: url, for: mlp)
      } throws: {
        "\($0)".contains("missing: 1.weight") || "\($0)".contains("missing: 3.weight, 3.bias")
      }
      #expect {
        try TrainerState<Float>(Safetensors.read(url), origin: "w", for: network())
      } throws: {
        "\($0)".contains("is not a checkpoint")
      }
    }
  }
}
