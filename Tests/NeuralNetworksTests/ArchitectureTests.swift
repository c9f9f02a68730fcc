import NeuralNetworks
import Tensors
import Testing

extension Architecture {
  /// Those that take images of any size.
  static let ofAnySize: [Architecture] = [.small, .standard, .mlp, .largeKernel]
}

@Suite struct ArchitectureTests {
  private static let counts: [(Architecture, side: Int, parameters: Int, links: Int)] = [
    (.net1, 16, 2570, 2570), (.net2, 16, 3214, 3214), (.net3, 16, 1226, 1226), (.net4, 16, 1132, 2266),
    (.net5, 16, 1060, 5194), (.lecun1989, 16, 9760, 64_660),
  ]

  @Test(arguments: counts) func haveThePublishedCounts(
    _ architecture: Architecture, side: Int, parameters: Int, links: Int
  ) throws {
    let network = try architecture.network(inputShape: [1, side, side], classCount: 10)
    #expect(network.parameterCount == parameters && network.linkCount == links)
    #expect(network.outputShape == [10])
    #expect(architecture.loss.classTargets == ClassTargets(on: 1, off: -1))
  }

  @Test func haveTheKnownParametersLayerByLayer() throws {
    func counts(_ architecture: Architecture, _ side: Int) throws -> [Int] {
      let network = try architecture.network(inputShape: [1, side, side], classCount: 10)
      return network.nodes.map(\.parameterCount).filter { $0 > 0 }
    }
    #expect(try counts(.lenet5, 32) == [156, 2416, 48_120, 10_164, 850])
    #expect(try counts(.lenet5, 32).reduce(0, +) == 61_706)
    #expect(try counts(.standard, 16) == [320, 64, 18_496, 128, 262_400, 512, 2570])
    #expect(try counts(.standard, 28) == [320, 64, 18_496, 128, 803_072, 512, 2570])
    #expect(try counts(.largeKernel, 16) == [3616, 57_616, 170])
    #expect(try counts(.mlp, 16) == [32_896, 1290])
  }

  @Test(arguments: Architecture.allCases) func learnTheirOwnTargets(_ architecture: Architecture) throws {
    let side = architecture == .lenet5 ? 32 : 16
    let network = try architecture.network(inputShape: [1, side, side], classCount: 3)
    var stream = RandomStream(seed: 1)
    let labels = (0..<24).map { $0 % 3 }
    let images = Tensor<Float>(shape: [24, 1, side, side]) { pixels in
      for index in pixels.indices {
        let (item, row) = (index / (side * side), index / side % side)
        pixels[index] = Float(0.1 * stream.normal()) + (row * 3 / side == labels[item] ? 1 : -1)
      }
    }
    let trainer = try Trainer(
      network, weights: Weights<Float>(initializing: network, from: RandomStream(seed: 2)),
      optimizer: Adam(learningRate: 0.01), loss: architecture.loss, batchSize: 12)
    let first = try trainer.trainEpoch(images: images, labels: labels)
    var last = first
    for _ in 0..<30 { last = try trainer.trainEpoch(images: images, labels: labels) }
    #expect(last < first / 2)
    #expect(TrainingTests.accuracy(try trainer.outputs(images), labels) > 0.9)
  }

  @Test func refuseImagesThatDoNotSuit() {
    #expect { try Architecture.net3.network(inputShape: [1, 8, 8], classCount: 10) } throws: {
      "\($0)".contains("network 'net-3': expected images [C, H, W] of 16×16, found shape [1, 8, 8]")
    }
    #expect { try Architecture.lenet5.network(inputShape: [1, 12, 16], classCount: 10) } throws: {
      "\($0)".contains("at least 16×16")
    }
  }
}
