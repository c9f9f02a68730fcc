import NeuralNetworks
import Tensors
import TestSupport
import Testing

@Suite struct NetworkGraphTests {
  /// An encoder and decoder with a skip, a residual block with a shortcut, and branches that read one value.
  private func network() throws -> Network {
    try Network(inputShape: [2, 4, 6]) {
      Conv2D(inputChannels: 2, outputChannels: 3, kernelSize: 3, padding: 1)
      BatchNorm2D(channels: 3).labelled("early")
      Tanh()
      Residual {
        Conv2D(inputChannels: 3, outputChannels: 3, kernelSize: 3, padding: 1)
        Tanh()
      }
      Residual(shortcut: Conv2D(inputChannels: 3, outputChannels: 2, kernelSize: 1)) {
        BatchNorm2D(channels: 3)
        Conv2D(inputChannels: 3, outputChannels: 2, kernelSize: 1)
      }
      Branches(.concatenation) {
        Identity()
        Conv2D(inputChannels: 2, outputChannels: 1, kernelSize: 1)
        Sequential {
          Sigmoid()
          Conv2D(inputChannels: 2, outputChannels: 2, kernelSize: 1)
        }
      }
      Merge(.concatenation, with: "early")
      Branches(.scaling) {
        Identity()
        Sequential {
          GlobalAveragePool2D()
          Sigmoid()
        }
      }
      Sigmoid()
    }
  }

  @Test(arguments: [1, 3]) func everyJoinAgreesWithCentralDifferences(count: Int) throws {
    let network = try network()
    #expect(network.outputShape == [8, 4, 6])
    try checkGradients(network, count: count, seed: 3)
    try checkGradients(network, count: count, seed: 4, mode: .training(RandomStream(seed: 1)), tolerance: 3e-7)
  }

  @Test func keysAreThoseOfNestedSequentials() throws {
    let names = try network().parameters.map(\.name).filter { $0.hasSuffix("weight") }
    #expect(
      names == [
        "0.weight", "1.weight", "3.0.0.weight", "4.0.0.weight", "4.0.1.weight", "4.1.weight", "5.1.weight",
        "5.2.1.weight",
      ])
  }

  @Test func aSumWithItselfDoubles() throws {
    let network = try Network(inputShape: [3]) { Branches(.sum) { [Identity(), Identity()] } }
    let pullback = try network.pullback(
      Tensor<Double>(repeating: 1, shape: [1, 3]), images: Tensor([1, 2, 3], shape: [1, 3]), weights: Weights([]))
    #expect(pullback.outputs.elements == [2, 4, 6] && pullback.images.elements == [2, 2, 2])
  }

  @Test func anInPlaceLayerLeavesWhatIsReadUnderAnotherShape() throws {
    let network = try Network(inputShape: [1, 2, 2]) {
      Conv2D(inputChannels: 1, outputChannels: 2, kernelSize: 1)
      Branches(.sum) {
        Sequential {
          Flatten()
          Tanh()
          Reshape([2, 2, 2])
        }
        Conv2D(inputChannels: 2, outputChannels: 2, kernelSize: 1)
      }
    }
    try checkGradients(network, count: 2, seed: 6)
    let weights = Weights<Double>(initializing: network, from: RandomStream(seed: 1))
    let images: Tensor<Double> = randomTensor([2, 1, 2, 2], seed: 2)
    let direction = Tensor<Double>.zeros([2, 2, 2, 2])
    let trained = try network.pullback(direction, images: images, weights: weights).outputs
    #expect(try relativeError(Predictor(network, weights: weights).outputs(images), trained) < 1e-14)
  }

  @Test func explainsWhatDoesNotFit() {
    #expect {
      try Network(inputShape: [2, 4, 4]) {
        ReLU()
        Residual { Conv2D(inputChannels: 2, outputChannels: 3, kernelSize: 1) }
      }
    } throws: {
      "\($0)".contains("layer 1 (sum): expected values of one shape, [3, 4, 4] as the first, found shape [2, 4, 4]")
    }
    #expect {
      try Network(inputShape: [2, 4, 4]) {
        ReLU().labelled("encoder")
        Merge(.concatenation, with: "encodr")
      }
    } throws: { "\($0)".contains("did you mean 'encoder'?") }
    #expect {
      try Network(inputShape: [4]) {
        Dense(inputCount: 4, outputCount: 2).starting(from: Tensor<Double>.zeros([4, 2]))
      }
    } throws: {
      "\($0)".contains("layer 0") && "\($0)".contains("expected values of shape [2, 4] for 'weight', found [4, 2]")
    }
  }

  @Test func aPrefixGivesTheValueOfOneLayer() throws {
    let network = try network()
    let weights = Weights<Double>(initializing: network, from: RandomStream(seed: 1))
    let prefix = try network.prefix(through: "5.1")
    #expect(prefix.outputShape == [1, 4, 6] && prefix.parameters.count < network.parameters.count)
    let images: Tensor<Double> = randomTensor([2, 2, 4, 6], seed: 2)
    let part = try Predictor(prefix, weights: weights.restricted(to: prefix)).outputs(images)
    let whole = try Predictor(
      network.prefix(through: "5"), weights: weights.restricted(to: network.prefix(through: "5"))
    )
    .outputs(images)
    for item in 0..<2 {
      for place in 0..<24 {
        #expect(abs(part[item, 0, place / 6, place % 6] - whole[item, 2, place / 6, place % 6]) < 1e-14)
      }
    }
    #expect { try network.prefix(through: "77") } throws: { "\($0)".contains("unknown layer '77'") }
  }

  @Test func frozenParametersStayAndGivenFiltersAreTaken() throws {
    let filters: Tensor<Double> = randomTensor([3, 1, 3, 3], seed: 1)
    let network = try Network(inputShape: [1, 6, 6]) {
      Conv2D(inputChannels: 1, outputChannels: 3, kernelSize: 3).starting(from: filters).frozen()
      BatchNorm2D(channels: 3)
      ReLU()
      Flatten()
      Dense(inputCount: 48, outputCount: 2)
    }
    #expect(network.parameterCount == 6 + 98 && network.linkCount == 2 * 48 + 98)
    let start = Weights<Double>(initializing: network, from: RandomStream(seed: 2))
    #expect(start["0.weight"] == filters)
    let trainer = try Trainer(network, weights: start, optimizer: Adam(), batchSize: 8)
    try trainer.trainEpoch(images: randomTensor([20, 1, 6, 6], seed: 3), labels: (0..<20).map { $0 % 2 })
    let end = trainer.weights
    #expect(end["0.weight"] == filters && end["0.bias"] == start["0.bias"])
    #expect(end["4.weight"] != start["4.weight"] && end["1.weight"] != start["1.weight"])
    #expect(end["1.running_mean"] != start["1.running_mean"])
    #expect(end["1.num_batches_tracked"]!.elements == [3])
    let free = network.freezing { _ in false }
    #expect(free.parameterCount == network.parameterCount + 30)
    #expect(network.freezing { $0 != "4" }.parameterCount == 98)
  }
}
