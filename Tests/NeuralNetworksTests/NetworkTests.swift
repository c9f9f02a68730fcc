import NeuralNetworks
import Tensors
import TestSupport
import Testing

@Suite struct NetworkTests {
  @Test func namesParametersAsPyTorchsSequential() throws {
    let expected: [(Architecture, [String])] = [
      (.small, ["0.weight", "0.bias", "3.weight", "3.bias", "7.weight", "7.bias"]),
      (.mlp, ["1.weight", "1.bias", "3.weight", "3.bias"]),
      (.largeKernel, ["0.weight", "0.bias", "2.weight", "2.bias", "6.weight", "6.bias"]),
    ]
    for (architecture, names) in expected {
      let network = try architecture.network(inputShape: [1, 16, 16], classCount: 10)
      #expect(network.parameters.map(\.name) == names)
    }
    let small = try Architecture.small.network(inputShape: [1, 16, 16], classCount: 10)
    #expect(small.parameters.map(\.shape) == [[8, 1, 3, 3], [8], [16, 8, 3, 3], [16], [10, 256], [10]])
  }

  @Test func rectifyingBehindPoolingGivesTheSameBits() throws {
    func network(separated: Bool) throws -> Network {
      try Network(inputShape: [2, 7, 8]) {
        Conv2D(inputChannels: 2, outputChannels: 3, kernelSize: 3, padding: 1)
        ReLU()
        if separated { Identity() }
        MaxPool2D(kernelSize: 2)
        Flatten()
      }
    }
    let (together, apart) = (try network(separated: false), try network(separated: true))
    let weights = Weights<Double>(initializing: together, from: RandomStream(seed: 1))
    let images: Tensor<Double> = randomTensor([5, 2, 7, 8], seed: 2)
    let direction: Tensor<Double> = randomTensor([5] + together.outputShape, seed: 3)
    let found = try together.pullback(direction, images: images, weights: weights)
    let expected = try apart.pullback(direction, images: images, weights: weights)
    #expect(found.outputs == expected.outputs && found.images == expected.images)
    #expect(found.outputs.elements.contains(0) && found.outputs.elements.contains { $0 > 0 })
    for name in weights.names { #expect(found.weights[name] == expected.weights[name], "\(name)") }
  }

  @Test func countsParametersLinksAndOperations() throws {
    let small = try Architecture.small.network(inputShape: [1, 16, 16], classCount: 10)
    #expect(small.parameterCount == 80 + 1168 + 2570)
    #expect(small.linkCount == 8 * 256 * 10 + 16 * 64 * 73 + 2570)
    // By Winograd's F(4×4, 3×3): four tiles of 36 products of 8·16, 2·6³ multiply-adds a channel, 4·36 + 16·6 a filter.
    #expect(small.operationCount == 8 * 256 * 9 + 4 * (36 * 8 * 16 + 8 * 432 + 16 * 240) + 2560)
    let spectra = Conv2D(inputChannels: 2, outputChannels: 3, kernelSize: 5, padding: 4, method: .fft)
    #expect(spectra.operationCount(for: [2, 12, 28]) == 5 * 5760 + 6 * 4 * 16 * 32 / 2)
    let summed = Conv2D(inputChannels: 2, outputChannels: 3, kernelSize: 5, padding: 4, method: .direct)
    #expect(summed.operationCount(for: [2, 12, 28]) == 3 * 16 * 32 * 2 * 25)
    let single = try Network(inputShape: [1, 16, 16], layers: [Flatten(), Dense(inputCount: 256, outputCount: 10)])
    #expect(single.parameterCount == 2570 && single.linkCount == 2570)
    let twoLayers = try Network(
      inputShape: [256],
      layers: [Dense(inputCount: 256, outputCount: 12), Tanh(), Dense(inputCount: 12, outputCount: 10)])
    #expect(twoLayers.parameterCount == 3214 && twoLayers.linkCount == 3214)
  }

  @Test(arguments: Architecture.ofAnySize) func adaptsToSizesAndClasses(_ architecture: Architecture) throws {
    for shape in [[1, 4, 4], [3, 5, 9], [1, 28, 28]] {
      let network = try architecture.network(inputShape: shape, classCount: 3)
      #expect(network.outputShape == [3])
      let weights = Weights<Float>(initializing: network, from: RandomStream(seed: 1))
      let outputs = try Predictor(network, weights: weights).outputs(randomTensor([2] + shape, seed: 2))
      #expect(outputs.shape == [2, 3])
    }
  }

  @Test func explainsShapesThatDoNotFit() throws {
    #expect {
      try Network(
        inputShape: [1, 8, 8],
        layers: [
          Conv2D(inputChannels: 1, outputChannels: 4, kernelSize: 3), ReLU(), Flatten(),
          Dense(inputCount: 64, outputCount: 2),
        ])
    } throws: {
      "\($0)".contains("layer 3 (Dense): expected a vector of 64 elements, found shape [144]")
    }
    #expect {
      try Network(inputShape: [3, 8, 8], layers: [Conv2D(inputChannels: 1, outputChannels: 4, kernelSize: 3)])
    } throws: {
      "\($0)".contains("layer 0 (Conv2D): expected images [1, H, W], found shape [3, 8, 8]")
    }
    #expect {
      try Network(inputShape: [1, 2, 2], layers: [MaxPool2D(kernelSize: 2), MaxPool2D(kernelSize: 2)])
    } throws: {
      "\($0)".contains("layer 1 (MaxPool2D)") && "\($0)".contains("found shape [1, 1, 1]")
    }
  }

  @Test func explainsUnknownNamesAndSmallImages() throws {
    #expect { try Architecture(named: "smal") } throws: { "\($0)".contains("did you mean 'small'?") }
    #expect(try Architecture(named: "cnn") == .small)
    #expect(try Architecture(named: "large-kernel") == .largeKernel)
    #expect {
      try Architecture.small.network(inputShape: [1, 3, 16], classCount: 10)
    } throws: {
      "\($0)".contains("at least 4×4, found shape [1, 3, 16]")
    }
    #expect { try Architecture.mlp.network(inputShape: [1, 16, 16], classCount: 0) } throws: {
      "\($0)".contains("at least 1 class")
    }
  }

  @Test func listsWhatIsWrongWithWeightsOfAnotherNetwork() throws {
    let small = try Architecture.small.network(inputShape: [1, 16, 16], classCount: 10)
    let other = try Architecture.mlp.network(inputShape: [1, 16, 16], classCount: 10)
    let weights = Weights<Float>(initializing: other, from: RandomStream(seed: 1))
    #expect { try weights.check(against: small) } throws: {
      let text = "\($0)"
      return text.contains("3.weight has shape [10, 128] instead of [16, 8, 3, 3]")
        && text.contains("missing: 0.weight")
        && text.contains("not in the network: 1.bias, 1.weight")
    }
  }

  @Test func drawsWeightsAsPyTorchDoes() throws {
    let network = try Network(inputShape: [100], layers: [Dense(inputCount: 100, outputCount: 200)])
    let weights = Weights<Double>(initializing: network, from: RandomStream(seed: 5))
    for name in weights.names {
      let values = weights[name]!.elements
      #expect(values.allSatisfy { abs($0) <= 0.1 })
      let variance = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
      #expect(abs(variance - 0.01 / 3) < 0.01 / 3 * 0.3)
    }
    #expect(weights == Weights<Double>(initializing: network, from: RandomStream(seed: 5)))
    #expect(weights != Weights<Double>(initializing: network, from: RandomStream(seed: 6)))
  }

  @Test func aTensorsFirstValuesDoNotDependOnOtherLayers() throws {
    let one = try Network(inputShape: [4], layers: [Dense(inputCount: 4, outputCount: 3)])
    let two = try Network(
      inputShape: [4], layers: [Dense(inputCount: 4, outputCount: 3), Dense(inputCount: 3, outputCount: 2)])
    let stream = RandomStream(seed: 9)
    let (first, second) = (
      Weights<Float>(initializing: one, from: stream), Weights<Float>(initializing: two, from: stream)
    )
    #expect(first["0.weight"] == second["0.weight"] && first["0.bias"] == second["0.bias"])
  }
}
